package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource({
        "UPDAET, UPDATE",
        "update, UPDATE",
        "CRATE, CREATE",
        "NOREPROT, NOREPORT",
        "EXCEPTIONAL, EXCEPTION",
        "DROP,",
        "X,",
        "' ',"
    })
    void theNearestWordIsProposedWhenItIsNear(String written, String meant) {
        assertThat(Suggestion.nearest(written, Words.ACTIONS.all())).isEqualTo(meant);
    }

    @Test
    void longListsAreCutAndEmptyOnesSayNone() {
        List<String> many = java.util.stream.IntStream.range(0, 25)
                .mapToObj(i -> "mapping" + i)
                .toList();

        assertThat(Suggestion.tail("known", "zzz", many)).endsWith("mapping19 and 5 more");
        assertThat(Suggestion.tail("known", "zzz", List.of())).isEqualTo("; known: none");
    }
}
