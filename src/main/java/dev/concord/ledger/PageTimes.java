package dev.concord.ledger;

/**
 * How long pages took, in nanoseconds.
 *
 * @param squares the sum of the squares, from which the deviation follows
 */
public record PageTimes(long count, double sum, double squares, double least, double most) {

    static final PageTimes NONE = new PageTimes(0, 0, 0, 0, 0);

    PageTimes plus(double nanoseconds) {
        return new PageTimes(
                count + 1,
                sum + nanoseconds,
                squares + nanoseconds * nanoseconds,
                count == 0 ? nanoseconds : Math.min(least, nanoseconds),
                Math.max(most, nanoseconds));
    }

    PageTimes plus(PageTimes other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        return new PageTimes(
                count + other.count,
                sum + other.sum,
                squares + other.squares,
                Math.min(least, other.least),
                Math.max(most, other.most));
    }

    double mean() {
        return count == 0 ? 0 : sum / count;
    }

    double deviation() {
        return count == 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean() * mean()));
    }
}
