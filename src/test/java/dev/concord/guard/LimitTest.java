package dev.concord.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.Guard;
import dev.concord.mapping.Threshold;
import dev.concord.record.Json;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitTest {

    @Provide
    Arbitrary<Threshold> thresholds() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(0, 1_000_000).map(Threshold.Count::new),
                Arbitraries.integers()
                        .between(0, 100_000_000)
                        .map(millionths -> new Threshold.Percent(millionths / 1e6)),
                Arbitraries.just(new Threshold.None()));
    }

    @Provide
    Arbitrary<Map<Guard, Threshold>> configurations() {
        return Arbitraries.maps(Arbitraries.of(Guard.WITH_THRESHOLD), thresholds());
    }

    @ParameterizedTest
    @CsvSource({
        "none, 10%, true",
        "none, none, false",
        "5, none, false",
        "5%, none, false",
        "5, 5, false",
        "6, 5, true",
        "0, 10%, false",
        "1, 10%, true",
        "10%, 10%, false",
        "9%, 10%, false",
        "11%, 10%, true",
        "1%, 50, true",
        "0%, 50, false"
    })
    void aLimitIsWiderUnlessItCanNeverAllowMore(String asked, String usual, boolean wider) {
        GuardLimits limits =
                GuardLimits.of(Map.of(Guard.UPDATES, Threshold.ofWord(asked).orElseThrow()), Map.of(), Map.of());
        GuardLimits others = GuardLimits.of(
                Map.of(), Map.of(Guard.UPDATES, Threshold.ofWord(usual).orElseThrow()), Map.of());
        assertThat(limits.widerThan(others)).hasSize(wider ? 1 : 0);
        assertThat(others.widerThan(others)).isEmpty();
    }

    @Property
    void whatAPercentageAllowsIsTheMostThatIsNotMore(
            @ForAll @LongRange(max = 100_000_000) long millionths, @ForAll @LongRange(max = 2_000_000_000) long base) {
        Limit limit = new Limit(new Threshold.Percent(millionths / 1e6), 0, Origin.MAPPING);
        long allowed = limit.allowed(base);
        // In whole millionths of a percent, where nothing is rounded.
        assertThat(Math.multiplyExact(allowed, 100_000_000L)).isLessThanOrEqualTo(Math.multiplyExact(base, millionths));
        assertThat(Math.multiplyExact(allowed + 1, 100_000_000L)).isGreaterThan(Math.multiplyExact(base, millionths));
    }

    @Property
    void moreRecordsNeverAllowLess(
            @ForAll("thresholds") Threshold threshold, @ForAll @LongRange(max = 1000) long base) {
        Limit limit = new Limit(threshold, 20, Origin.DEFAULT);
        assertThat(limit.allowed(base + 1)).isGreaterThanOrEqualTo(limit.allowed(base));
        assertThat(limit.allowed(base)).isGreaterThanOrEqualTo(20);
    }

    @Property
    void whatIsKeptWithARunIsReadBackAsItWas(
            @ForAll("configurations") Map<Guard, Threshold> run,
            @ForAll("configurations") Map<Guard, Threshold> mapping,
            @ForAll("configurations") Map<Guard, Threshold> installation) {
        GuardLimits limits = GuardLimits.of(run, mapping, installation);
        GuardLimits read = GuardLimits.of((Object) Json.readObject(Json.write(limits.json())));
        for (Guard guard : Guard.WITH_THRESHOLD) {
            assertThat(read.of(guard)).isEqualTo(limits.of(guard));
        }
        assertThat(read.words()).isEqualTo(limits.words());
    }

    @Property
    void theNearestSayingDecides(
            @ForAll("configurations") Map<Guard, Threshold> run,
            @ForAll("configurations") Map<Guard, Threshold> mapping,
            @ForAll("configurations") Map<Guard, Threshold> installation) {
        GuardLimits limits = GuardLimits.of(run, mapping, installation);
        for (Guard guard : Guard.WITH_THRESHOLD) {
            Map<Origin, Threshold> said = new EnumMap<>(Origin.class);
            if (run.containsKey(guard)) {
                said.put(Origin.RUN, run.get(guard));
            }
            if (mapping.containsKey(guard)) {
                said.put(Origin.MAPPING, mapping.get(guard));
            }
            if (installation.containsKey(guard)) {
                said.put(Origin.INSTALLATION, installation.get(guard));
            }
            Limit limit = limits.of(guard);
            if (said.isEmpty()) {
                assertThat(limit).isEqualTo(GuardLimits.DEFAULTS.of(guard));
            } else {
                Map.Entry<Origin, Threshold> first = said.entrySet().iterator().next();
                assertThat(limit).isEqualTo(new Limit(first.getValue(), 0, first.getKey()));
            }
        }
    }

    @Property
    void wordsOfCommandLinesMeanWhatTheyMeanInFiles(@ForAll("thresholds") Threshold threshold) {
        assertThat(Threshold.ofWord(threshold.text())).contains(threshold);
    }

    @Test
    void whatIsNoThresholdIsNone() {
        for (Object wrong : new Object[] {-1, 1.5, "-1", "101%", "5 percent", "", "many", true, List.of()}) {
            assertThat(Threshold.of(wrong)).as("%s", wrong).isEmpty();
        }
        assertThat(Threshold.ofWord("NONE")).contains(new Threshold.None());
        assertThat(Threshold.ofWord("1e3")).isEmpty();
    }

    @Test
    void theLimitsAreToldInOneLine() {
        assertThat(GuardLimits.DEFAULTS.words())
                .isEqualTo("Guards: deletes with unlinks 10 % (at least 20, at most half), updates none, creates none,"
                        + " failures 20 % (at least 100), source shrink 20 % (at least 20, at most half), defaults");
        assertThat(GuardLimits.of(
                                Map.of(Guard.DELETES, new Threshold.Count(1000)),
                                Map.of(Guard.FAILURES, new Threshold.Percent(2.5)),
                                Map.of(Guard.UPDATES, new Threshold.Count(5)))
                        .words())
                .isEqualTo(
                        "Guards: deletes 1,000 (for this run); failures 2.5 % (mapping); updates 5 (installation);"
                                + " unlinks 10 % (at least 20, at most half), creates none, source shrink 20 % (at least 20, at most half) (default)");
    }
}
