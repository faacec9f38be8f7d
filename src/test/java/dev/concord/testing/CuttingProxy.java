package dev.concord.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a database server and spoils what goes over the wire: cuts connections at a certain
 * statement or commit, before or after the server has done it; falls silent; is slow; refuses. Sees through protocols
 * that send statements as plain text, as MySQL's does. Safe for use by several threads.
 */
public final class CuttingProxy implements AutoCloseable {

    /** On which side of the server's work a connection is cut. */
    public enum Moment {
        BEFORE,
        AFTER
    }

    private enum Mode {
        PASSING,
        SILENT,
        CLOSED
    }

    private static final int BUFFER = 64 * 1024;
    /** What the packet of a commit ends with; between it and the command MySQL's newer protocol has two more bytes. */
    private static final String COMMIT = "COMMIT";

    private final String host;
    private final int target;
    private final int port;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private Mode mode = Mode.PASSING;
    private volatile Duration delay = Duration.ZERO;
    private @Nullable Cut cut;
    private int cuts;
    private ServerSocket listener;

    /** @param commit whether the commit is meant that follows a statement of this text */
    private record Cut(String text, int skip, boolean commit, Moment moment) {}

    private CuttingProxy(String host, int target) throws IOException {
        this.host = host;
        this.target = target;
        this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.port = listener.getLocalPort();
        listen(listener);
    }

    /** In front of the server that a JDBC URL with host and port names. */
    public static CuttingProxy of(String jdbcUrl) {
        URI server = URI.create(jdbcUrl.substring("jdbc:".length()));
        try {
            return new CuttingProxy(server.getHost(), server.getPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The URL that leads through here, without encryption. */
    public String through(String jdbcUrl) {
        return jdbcUrl.replaceFirst("//[^:/]+:\\d+", "//127.0.0.1:" + port)
                + (jdbcUrl.contains("?") ? "&" : "?")
                + "sslMode=DISABLED&allowPublicKeyRetrieval=true";
    }

    /** Cuts the connection at the n-th statement from now on that holds a text. */
    public synchronized void cutAtStatement(String text, int number, Moment moment) {
        cut = new Cut(text, number - 1, false, moment);
    }

    /** Cuts the connection at the commit that follows the n-th statement from now on that holds a text. */
    public synchronized void cutAtCommitBehind(String text, int number, Moment moment) {
        cut = new Cut(text, number - 1, true, moment);
    }

    /** How often a connection was cut at a statement or commit. */
    public synchronized int cuts() {
        return cuts;
    }

    /** Cuts all connections that there are; new ones are welcome. */
    public void cutAll() {
        connections.forEach(Connection::close);
    }

    /** Nobody listens any more. */
    public synchronized void refuse() {
        mode = Mode.CLOSED;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cutAll();
    }

    /** Connections stay and come, but nothing goes through them. */
    public synchronized void fallSilent() {
        mode = Mode.SILENT;
    }

    /** What the server answers comes later, each piece by so much. */
    public void delay(Duration time) {
        delay = time;
    }

    /** All is well again. */
    public synchronized void pass() {
        cut = null;
        delay = Duration.ZERO;
        if (mode == Mode.CLOSED) {
            try {
                listener = new ServerSocket();
                listener.setReuseAddress(true);
                listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                listen(listener);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        mode = Mode.PASSING;
        notifyAll();
    }

    @Override
    public void close() {
        refuse();
    }

    private void listen(ServerSocket on) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket client = on.accept();
                    begin(new Connection(client, new Socket(host, target)));
                }
            } catch (IOException closed) {
                // Nobody shall listen any more.
            }
        });
    }

    /** Unless nobody listens any more since it was let in: it would be the one way through that stays open. */
    private synchronized void begin(Connection connection) {
        if (mode == Mode.CLOSED) {
            connection.close();
            return;
        }
        connections.add(connection);
        connection.start();
    }

    private synchronized void awaitSpeech() throws IOException {
        try {
            while (mode == Mode.SILENT) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** What is to be done with a piece that a client sent: cut before it, behind it, or nothing. */
    private synchronized @Nullable Moment judge(Connection from, String piece) {
        Cut now = cut;
        if (now == null) {
            return null;
        }
        boolean met = from.marked == now ? piece.endsWith(COMMIT) : piece.contains(now.text());
        if (!met) {
            return null;
        }
        if (now.commit() && from.marked != now) {
            if (now.skip() > 0) {
                cut = new Cut(now.text(), now.skip() - 1, true, now.moment());
            } else {
                from.marked = now;
            }
            return null;
        }
        if (now.skip() > 0) {
            cut = new Cut(now.text(), now.skip() - 1, false, now.moment());
            return null;
        }
        cut = null;
        cuts++;
        return now.moment();
    }

    private final class Connection {

        private final Socket client;
        private final Socket server;
        /** The cut that is due at the next commit here; one that another connection has met meanwhile is not. */
        private @Nullable Cut marked;

        private volatile boolean answerIsLost;

        Connection(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void start() {
            Thread.ofVirtual().start(() -> forward(client, server, true));
            Thread.ofVirtual().start(() -> forward(server, client, false));
        }

        private void forward(Socket from, Socket to, boolean statements) {
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = from.getInputStream();
                    OutputStream out = to.getOutputStream()) {
                int length = in.read(buffer);
                while (length >= 0) {
                    awaitSpeech();
                    if (statements) {
                        Moment moment = judge(this, new String(buffer, 0, length, ISO_8859_1));
                        if (moment == Moment.BEFORE) {
                            return;
                        }
                        answerIsLost = moment == Moment.AFTER;
                    } else if (answerIsLost) {
                        return;
                    } else if (!delay.isZero()) {
                        Thread.sleep(delay);
                    }
                    out.write(buffer, 0, length);
                    out.flush();
                    length = in.read(buffer);
                }
            } catch (IOException gone) {
                // The other direction ends, too.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close();
            }
        }

        void close() {
            connections.remove(this);
            try {
                client.close();
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
