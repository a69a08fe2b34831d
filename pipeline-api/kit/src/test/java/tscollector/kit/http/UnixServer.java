package tscollector.kit.http;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** A server behind a Unix socket that answers heads of requests with whole answers. */
final class UnixServer implements AutoCloseable {
    private final ServerSocketChannel listener;
    private final Function<String, String> script;
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();

    /** @param script gives the answer to a head; null says nothing */
    UnixServer(Path socket, Function<String, String> script) throws IOException {
        this.script = script;
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        thread(this::accept);
    }

    /** Of the requests, in order. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    int connections() {
        return clients.size();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = listener.accept();
                clients.add(client);
                thread(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(SocketChannel client) {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        try (client) {
            while (client.read(buffer.clear()) >= 0) {
                text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
                for (int end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
                    String head = text.substring(0, end);
                    text.delete(0, end + 4);
                    heads.add(head);
                    String answer = script.apply(head);
                    if (answer != null) {
                        client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.ISO_8859_1)));
                    }
                }
            }
        } catch (IOException e) {
            // the client left
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "unix-server");
        thread.setDaemon(true);
        thread.start();
    }
}
