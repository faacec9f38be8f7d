package dev.concord.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromQlTest {

    @Test
    void metricsAndLabelsAreFoundAndFunctionsWordsAndValuesAreNot() {
        PromQl query = PromQl.of("max by (mapping) (increase(a_total{situation=\"x y\", kind=~\"b\"}[1d] offset 1d))"
                + " > 10 + 1.5e3 * c and on (phase) d == bool 1 or vector(0)");
        assertThat(query.metrics()).containsExactly("a_total", "c", "d");
        assertThat(query.labels()).containsExactly("situation", "kind", "mapping", "phase");
    }
}
