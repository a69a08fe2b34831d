package tscollector.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Writes an answer with a fault in it. Stateless. */
final class FaultPlayer {
    private static final int BLOCK = 64 * 1024;
    private static final int DRIPS_PER_SECOND = 20;
    private static final byte[] NO_UTF8 = {(byte) 0xC3, 0x28, (byte) 0xFF, (byte) 0xED, (byte) 0xA0, (byte) 0x80};
    // A real server resets 1 to 2 ms after the body of an error.
    private static final Duration BEFORE_RESET = Duration.ofMillis(1);

    private FaultPlayer() {}

    /** Writes an answer as it is, the reset after an error included. */
    static void play(Answer answer, boolean head, Wire wire) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(answer.headBytes());
        if (!head) {
            bytes.writeBytes(answer.body());
        }
        wire.write(bytes.toByteArray());
        finish(answer, wire);
    }

    /** Writes an answer with the fault; faults that need no answer have none written. */
    static void play(Fault fault, Answer answer, boolean head, Wire wire) throws IOException {
        if (fault instanceof Fault.Hang) {
            wire.waitForEnd();
        } else if (fault instanceof Fault.Delay delay) {
            wire.pause(delay.by());
            play(answer, head, wire);
        } else if (fault instanceof Fault.ResetAtOnce || fault instanceof Fault.RefuseConnections) {
            wire.reset();
        } else if (fault instanceof Fault.ResetMidBody reset) {
            wire.write(answer.headBytes());
            wire.write(answer.body(), 0, Math.min(reset.afterBytes(), answer.body().length));
            // The reset must not overtake the bytes in front of it.
            wire.pause(BEFORE_RESET);
            wire.reset();
        } else if (fault instanceof Fault.Garbage garbage) {
            wire.write(garbage.latin1().getBytes(StandardCharsets.ISO_8859_1));
            wire.end();
        } else if (fault instanceof Fault.Drip drip) {
            drip(drip.bytesPerSecond(), answer, wire);
        } else if (!playBody(fault, answer, wire)) {
            play(changed(fault, answer), head, wire);
        }
    }

    /** Plays the faults in which the body is not what the head says; false when the fault is none of them. */
    private static boolean playBody(Fault fault, Answer answer, Wire wire) throws IOException {
        if (fault instanceof Fault.ContentLengthOff off) {
            int promised = off.by() > 0 ? answer.body().length + off.by() : answer.body().length;
            Answer wrong = answer.withHeader("content-length", Integer.toString(promised));
            if (off.by() < 0) {
                wrong = wrong.withHeader("content-length", Integer.toString(Math.max(promised + off.by(), 0)));
            }
            wire.write(wrong.headBytes());
            wire.write(answer.body());
            if (off.by() > 0) {
                wire.end();
            }
        } else if (fault instanceof Fault.NoContentLength) {
            wire.write(answer.withHeader("content-length", "").headBytes());
            wire.write(answer.body());
            wire.end();
        } else if (fault instanceof Fault.EndlessBody endless) {
            endless(endless.text(), answer, wire);
        } else if (fault instanceof Fault.GzipBomb bomb) {
            bomb(bomb.unpackedBytes(), answer, wire);
        } else if (fault instanceof Fault.LongLine line) {
            Answer announced = answer.withHeader("content-length", Integer.toString(line.bytes()));
            wire.write(announced.headBytes());
            fill(line.bytes(), wire);
        } else if (fault instanceof Fault.Chunked chunked) {
            chunks(chunked.chunkBytes(), answer, wire);
        } else {
            return false;
        }
        return true;
    }

    /** The faults that are another answer in good order. */
    private static Answer changed(Fault fault, Answer answer) {
        if (fault instanceof Fault.InvalidUtf8) {
            return answer.withBody(spoilt(answer.body()));
        }
        if (fault instanceof Fault.ContentType type) {
            return answer.withHeader("content-type", type.value());
        }
        if (fault instanceof Fault.EmptyBody) {
            return answer.withBody(new byte[0]);
        }
        if (fault instanceof Fault.Redirect redirect) {
            return respond(redirect.status(), "", "").withHeader("location", redirect.location());
        }
        if (fault instanceof Fault.Respond other) {
            return respond(other.status(), other.contentType(), other.body());
        }
        // What is left changes the request, not the answer.
        return answer;
    }

    private static Answer respond(int status, String contentType, String body) {
        return Answer.of(status, Reasons.of(status), contentType, "", Answer.utf8(body));
    }

    private static void finish(Answer answer, Wire wire) throws IOException {
        if (answer.closes()) {
            wire.pause(BEFORE_RESET);
            wire.reset();
        }
    }

    private static void drip(int bytesPerSecond, Answer answer, Wire wire) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(answer.headBytes());
        all.writeBytes(answer.body());
        byte[] bytes = all.toByteArray();
        int step = Math.max(bytesPerSecond / DRIPS_PER_SECOND, 1);
        Duration wait = Duration.ofNanos(1_000_000_000L * step / bytesPerSecond);
        for (int from = 0; from < bytes.length; from += step) {
            wire.write(bytes, from, Math.min(step, bytes.length - from));
            wire.pause(wait);
        }
        finish(answer, wire);
    }

    private static void endless(String text, Answer answer, Wire wire) throws IOException {
        wire.write(answer.withHeader("content-length", "").headBytes());
        byte[] block = Answer.utf8(text.repeat(Math.max(BLOCK / Math.max(text.length(), 1), 1)));
        while (true) {
            // Ends by an exception: the client goes away or the simulator closes.
            wire.write(block);
            wire.pause(Duration.ZERO);
        }
    }

    private static void bomb(long unpackedBytes, Answer answer, Wire wire) throws IOException {
        wire.write(answer.withHeader("content-length", "")
                .withHeader("content-encoding", "gzip")
                .headBytes());
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) 'x');
        GZIPOutputStream gzip = new GZIPOutputStream(wire.out(), BLOCK);
        for (long left = unpackedBytes; left > 0; left -= BLOCK) {
            gzip.write(block, 0, (int) Math.min(left, BLOCK));
            wire.pause(Duration.ZERO);
        }
        gzip.finish();
        gzip.flush();
        wire.end();
    }

    private static void fill(int bytes, Wire wire) throws IOException {
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) 'x');
        for (int left = bytes; left > 0; left -= BLOCK) {
            wire.write(block, 0, Math.min(left, BLOCK));
        }
    }

    private static void chunks(int chunkBytes, Answer answer, Wire wire) throws IOException {
        wire.write(answer.withHeader("content-length", "")
                .withHeader("transfer-encoding", "chunked")
                .headBytes());
        byte[] body = answer.body();
        for (int from = 0; from < body.length; from += chunkBytes) {
            int size = Math.min(chunkBytes, body.length - from);
            wire.write(Answer.utf8(Integer.toHexString(size) + "\r\n"));
            wire.write(body, from, size);
            wire.write(Answer.utf8("\r\n"));
        }
        wire.write(Answer.utf8("0\r\n\r\n"));
        finish(answer, wire);
    }

    private static byte[] spoilt(byte[] body) {
        int at = new String(body, StandardCharsets.ISO_8859_1).lastIndexOf('"');
        int cut = at < 0 ? body.length : at;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(body, 0, cut);
        out.writeBytes(NO_UTF8);
        out.write(body, cut, body.length - cut);
        return out.toByteArray();
    }
}
