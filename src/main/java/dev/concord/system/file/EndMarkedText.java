package dev.concord.system.file;

import java.io.IOException;
import java.io.Reader;

/**
 * The text of a CSV file with a record of its own put behind the end. When that record arrives as such, every quote was
 * closed; otherwise it is a part of the field whose quote was left open. Also takes a byte order mark away and sees how
 * lines end.
 */
final class EndMarkedText extends Reader {

    /** Two characters that no text holds. */
    static final String END = "\uFFFE\uFFFF";

    private final Reader text;
    private boolean started;
    private boolean byteOrderMark;
    private boolean carriageReturns;
    private boolean lineSeen;
    private char last;
    private int marked = -1;

    EndMarkedText(Reader text) {
        this.text = text;
    }

    boolean byteOrderMark() {
        return byteOrderMark;
    }

    /** Whether the first line ends with a carriage return and a line feed. */
    boolean carriageReturns() {
        return carriageReturns;
    }

    /** Whether the file ends behind a line break; known once everything was read. */
    boolean endsWithLineBreak() {
        return last == '\n' || last == '\r';
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (marked >= 0) {
            return end(into, offset, length);
        }
        int count = text.read(into, offset, length);
        if (count < 0) {
            marked = 0;
            return end(into, offset, length);
        }
        if (!started && count > 0) {
            started = true;
            if (into[offset] == '\uFEFF') {
                byteOrderMark = true;
                System.arraycopy(into, offset + 1, into, offset, count - 1);
                count--;
            }
        }
        look(into, offset, count);
        return count == 0 ? read(into, offset, length) : count;
    }

    private void look(char[] into, int offset, int count) {
        for (int i = offset; !lineSeen && i < offset + count; i++) {
            if (into[i] == '\n') {
                lineSeen = true;
                carriageReturns = (i == offset ? last : into[i - 1]) == '\r';
            }
        }
        if (count > 0) {
            last = into[offset + count - 1];
        }
    }

    private int end(char[] into, int offset, int length) {
        String rest = "\n" + END;
        if (marked == rest.length()) {
            return -1;
        }
        int count = Math.min(length, rest.length() - marked);
        rest.getChars(marked, marked + count, into, offset);
        marked += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
