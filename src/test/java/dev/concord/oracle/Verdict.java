package dev.concord.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * What the oracle found.
 *
 * @param lost effects that were expected and are missing
 * @param duplicated targets, links or entries that are there more than once
 * @param phantom targets, links or entries that nothing asked for
 * @param wrong targets, links or ops that are there, but other than expected
 * @param unexplained changes that no entry tells of, entries whose change is not there, counts that are no sums
 * @param examples the first of each kind
 */
public record Verdict(long lost, long duplicated, long phantom, long wrong, long unexplained, List<String> examples) {

    static final Verdict FAULTLESS = new Verdict(0, 0, 0, 0, 0, List.of());

    public boolean isFaultless() {
        return lost + duplicated + phantom + wrong + unexplained == 0;
    }

    /** Both verdicts together. */
    public Verdict and(Verdict other) {
        List<String> all = new ArrayList<>(examples);
        all.addAll(other.examples);
        return new Verdict(
                lost + other.lost,
                duplicated + other.duplicated,
                phantom + other.phantom,
                wrong + other.wrong,
                unexplained + other.unexplained,
                List.copyOf(all));
    }

    /** Fails with what was found, unless nothing was. */
    public void assertFaultless() {
        if (!isFaultless()) {
            throw new AssertionError(toString());
        }
    }

    /** The counts alone, on one line. */
    public String counts() {
        return "lost " + lost + ", duplicated " + duplicated + ", phantom " + phantom + ", wrong " + wrong
                + ", unexplained " + unexplained;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(counts());
        examples.forEach(example -> text.append("\n  ").append(example));
        return text.toString();
    }
}
