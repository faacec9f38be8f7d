package dev.concord.recon;

import dev.concord.ledger.Handled;
import dev.concord.record.CompareKey;
import org.jspecify.annotations.Nullable;

/**
 * The targets and links that an undo has written so far, and which revisions it gave them: so that what it did itself
 * is not taken for what others did. What was noted once stays, so that a page which has to be done again finds what its
 * first attempt started from. Holds 8 bytes for each write, at most three times that in all. Safe for use by several
 * threads.
 */
final class Rewritten {

    private static final int SMALLEST = 64;
    private static final long SEED = 0x5851F42D4C957F2DL;

    /** An open table: 0 is a free place. */
    private long[] hashes = new long[SMALLEST];

    private int size;

    /** @param what a target or an end of a link, in a spelling that nothing else has */
    void note(String what) {
        add(hash(what, ""));
    }

    /** It was left with this revision, and nobody else had a part in what it is then. */
    void note(String what, String revision) {
        add(hash(what, "left as " + revision));
    }

    /** Something that was written to it could not be taken back, so that its revisions say nothing any more. */
    void doubt(String what) {
        add(hash(what, "in doubt"));
    }

    boolean has(String what) {
        return contains(hash(what, ""));
    }

    /** Whether nobody but this undo had a part in what it is with this revision. */
    boolean has(String what, @Nullable String revision) {
        return revision != null && contains(hash(what, "left as " + revision)) && !isDoubted(what);
    }

    boolean isDoubted(String what) {
        return contains(hash(what, "in doubt"));
    }

    private static long hash(String what, String about) {
        long hash = Handled.hash(SEED, CompareKey.of(what, true), about);
        return hash == 0 ? 1 : hash;
    }

    private synchronized boolean contains(long hash) {
        return hashes[place(hashes, hash)] != 0;
    }

    private synchronized void add(long hash) {
        if (size * 4L > hashes.length * 3L) {
            grow();
        }
        int place = place(hashes, hash);
        if (hashes[place] == 0) {
            hashes[place] = hash;
            size++;
        }
    }

    private void grow() {
        long[] larger = new long[hashes.length * 2];
        for (long hash : hashes) {
            if (hash != 0) {
                larger[place(larger, hash)] = hash;
            }
        }
        hashes = larger;
    }

    private static int place(long[] hashes, long hash) {
        int place = (int) (hash & (hashes.length - 1));
        while (hashes[place] != 0 && hashes[place] != hash) {
            place = (place + 1) & (hashes.length - 1);
        }
        return place;
    }
}
