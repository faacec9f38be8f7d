package dev.concord.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MomentTest {

    private static final long SECOND = 1_000_000_000L;

    private final Moment moment = new Moment(Long.MAX_VALUE - SECOND, 1_000_000);

    @Test
    void countsOnWhenTheClockOnTheWallIsSetBack() {
        assertThat(moment.until(later(40, -3600))).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void countsTheTimeForWhichTheMachineSlept() {
        assertThat(moment.until(later(1, 600))).isEqualTo(Duration.ofSeconds(600));
    }

    /** The clock that nobody sets begins anywhere, and may run over. */
    private Moment later(long counted, long shown) {
        return new Moment(moment.nanos() + counted * SECOND, moment.millis() + shown * 1000);
    }
}
