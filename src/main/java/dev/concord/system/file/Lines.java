package dev.concord.system.file;

import dev.concord.system.SystemUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a file as bytes, without their line feeds; blank lines and a UTF-8 byte order mark are left out. */
final class Lines {

    private static final int LONGEST = 64 << 20;

    private final String set;
    private final InputStream file;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private long number;

    Lines(String set, InputStream file) {
        this.set = set;
        this.file = file;
    }

    /** The number of the line that was read last, counted from 1. */
    long number() {
        return number;
    }

    byte @Nullable [] next() throws IOException {
        while (true) {
            byte[] line = line();
            if (line == null) {
                return null;
            }
            number++;
            if (number == 1) {
                line = withoutByteOrderMark(line);
            }
            if (!isBlank(line)) {
                return line;
            }
        }
    }

    private byte @Nullable [] line() throws IOException {
        int length = 0;
        while (true) {
            for (; start + length < end; length++) {
                if (buffer[start + length] == '\n') {
                    byte[] line = Arrays.copyOfRange(buffer, start, start + length);
                    start += length + 1;
                    return line;
                }
            }
            if (!fill()) {
                byte[] line = Arrays.copyOfRange(buffer, start, end);
                start = end;
                return line.length == 0 ? null : line;
            }
        }
    }

    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        if (end == buffer.length) {
            if (end >= LONGEST) {
                throw new SystemUnavailable(
                        set + ": line " + (number + 1) + " is longer than " + (LONGEST >> 20)
                                + " MB. Write one JSON object a line.",
                        null);
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int count = file.read(buffer, end, buffer.length - end);
        if (count <= 0) {
            return false;
        }
        end += count;
        return true;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private static byte[] withoutByteOrderMark(byte[] line) {
        boolean marked = line.length >= 3 && line[0] == (byte) 0xEF && line[1] == (byte) 0xBB && line[2] == (byte) 0xBF;
        return marked ? Arrays.copyOfRange(line, 3, line.length) : line;
    }
}
