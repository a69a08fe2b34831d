package tscollector.simulator;

import java.nio.charset.StandardCharsets;

/** The bytes of one response, as Latin-1 text so that each char is a byte, and how the connection ended up. */
record Reply(String text, Ending ending) {
    /** What became of the connection within the time a test waits for it. */
    enum Ending {
        NOT_AWAITED,
        STAYED_OPEN,
        CLOSED,
        RESET
    }

    int status() {
        return Integer.parseInt(text.split(" ", 3)[1]);
    }

    String head() {
        return text.substring(0, text.indexOf("\r\n\r\n"));
    }

    String latin1Body() {
        return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    String body() {
        return new String(latin1Body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    String header(String name) {
        return head().lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
