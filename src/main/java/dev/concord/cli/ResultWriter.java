package dev.concord.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** A writer that remembers why results did not arrive; the writers of the JDK only know that they did not. */
final class ResultWriter extends PrintWriter {

    private final Watched stream;

    private ResultWriter(Watched stream, Charset charset) {
        super(new OutputStreamWriter(stream, charset), false);
        this.stream = stream;
    }

    static ResultWriter on(OutputStream stream, Charset charset) {
        return new ResultWriter(new Watched(stream), charset);
    }

    /**
     * Why the results are not whole, or null. A reader that went away, as when the output is piped into {@code head},
     * has what it wanted.
     */
    @Nullable
    String lost() {
        flush();
        String trouble = stream.trouble;
        return trouble == null || trouble.contains("Broken pipe") || trouble.contains("Connection reset")
                ? null
                : trouble;
    }

    private static final class Watched extends FilterOutputStream {

        private @Nullable String trouble;

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                trouble = trouble == null ? String.valueOf(e.getMessage()) : trouble;
                throw e;
            }
        }
    }
}
