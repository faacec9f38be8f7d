package dev.concord.system.file;

import java.util.Arrays;

/** A growing list of numbers at 8 bytes each. */
final class LongList {

    private long[] elements = new long[1024];
    private int size;

    void add(long element) {
        if (size == elements.length) {
            elements = Arrays.copyOf(elements, size + (size >> 1));
        }
        elements[size++] = element;
    }

    /** The elements in rising order; the list must not be used afterwards. */
    long[] sorted() {
        long[] all = Arrays.copyOf(elements, size);
        elements = new long[0];
        Arrays.sort(all);
        return all;
    }
}
