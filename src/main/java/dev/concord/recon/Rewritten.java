package dev.concord.recon;

import dev.concord.ledger.Handled;
import dev.concord.record.CompareKey;
import org.jspecify.annotations.Nullable;

/**
 * The targets and links that an undo has written so far, and which revisions it gave them: so that what it did itself
 * is not taken for what others did. Holds 16 bytes for each, at most twice that in all. Safe for use by several
 * threads.
 */
final class Rewritten {

    private static final int SMALLEST = 64;
    private static final long SEED = 0x5851F42D4C957F2DL;

    /** An open table: a key of 0 is a free place. */
    private long[] keys = new long[SMALLEST];

    private long[] revisions = new long[SMALLEST];
    private int size;

    /** @param what a target or an end of a link, in a spelling that nothing else has */
    synchronized void note(String what, @Nullable String revision) {
        put(hash(what), revision == null ? 0 : hash(revision));
    }

    /** Its revision says nothing any more. */
    synchronized void doubt(String what) {
        int place = place(keys, hash(what));
        if (keys[place] != 0) {
            revisions[place] = 0;
        }
    }

    synchronized boolean has(String what) {
        return keys[place(keys, hash(what))] != 0;
    }

    /** Whether it was written last by this undo, which left it with this revision. */
    synchronized boolean has(String what, @Nullable String revision) {
        int place = place(keys, hash(what));
        return revision != null && keys[place] != 0 && revisions[place] == hash(revision);
    }

    private static long hash(String text) {
        long hash = Handled.hash(SEED, CompareKey.of(text, true), "");
        return hash == 0 ? 1 : hash;
    }

    private void put(long key, long revision) {
        if (size * 4L > keys.length * 3L) {
            grow();
        }
        int place = place(keys, key);
        if (keys[place] == 0) {
            keys[place] = key;
            size++;
        }
        revisions[place] = revision;
    }

    private void grow() {
        long[] larger = new long[keys.length * 2];
        long[] moved = new long[larger.length];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) {
                int place = place(larger, keys[i]);
                larger[place] = keys[i];
                moved[place] = revisions[i];
            }
        }
        keys = larger;
        revisions = moved;
    }

    private static int place(long[] keys, long key) {
        int place = (int) (key & (keys.length - 1));
        while (keys[place] != 0 && keys[place] != key) {
            place = (place + 1) & (keys.length - 1);
        }
        return place;
    }
}
