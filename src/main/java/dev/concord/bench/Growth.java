package dev.concord.bench;

import java.util.List;

/** What ten times as many records cost: ten times as much at best. */
final class Growth {

    static final int FACTOR = 10;

    private Growth() {}

    /** Both measurements, the second saying how many times as long it took as the first. */
    static List<Measurement> of(Measurement some, Measurement many) {
        Double before = some.seconds();
        Double after = many.seconds();
        return List.of(some, before == null || after == null ? many : many.withGrowth(after / before));
    }
}
