package dev.concord.situation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProspectsTest {

    /** The actions that change something somewhere in a situation; all others of the five are pointless there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CONFIRMED            | UPDATE LINK DELETE UNLINK",
                "FOUND                | UPDATE LINK DELETE",
                "FOUND_ALREADY_LINKED | DELETE",
                "ABSENT               | CREATE",
                "AMBIGUOUS            | CREATE",
                "MISSING              | CREATE DELETE UNLINK",
                "UNQUALIFIED          | CREATE UPDATE LINK DELETE UNLINK",
                "SOURCE_IGNORED       | CREATE",
                "TARGET_IGNORED       | UPDATE LINK DELETE UNLINK",
                "UNASSIGNED           | DELETE",
                "SOURCE_MISSING       | DELETE UNLINK",
                "LINK_ONLY            | DELETE UNLINK",
                "ALL_GONE             | ''",
            })
    void theActionsThatDoSomething(Situation situation, String actions) {
        Set<Action> expected = Arrays.stream(actions.split(" "))
                .filter(name -> !name.isEmpty())
                .map(Action::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Action.class)));

        assertThat(Arrays.stream(Action.values())
                        .filter(Action::changes)
                        .filter(action ->
                                Prospects.obstacle(situation, action, true).isEmpty()))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @EnumSource
    void whatPingIdmDoesByDefaultCanBeDone(Situation situation) {
        assertThat(Prospects.obstacle(situation, situation.engineDefault(), true))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void actionsThatOnlyTellOrDoNothingAlwaysCan(Situation situation) {
        for (Action action : Action.values()) {
            if (!action.changes()) {
                assertThat(Prospects.obstacle(situation, action, true)).isEmpty();
                assertThat(Prospects.obstacle(situation, action, false)).isEmpty();
            }
        }
    }

    @Test
    void theReasonIsTheOneARecordWouldFailWith() {
        assertThat(Prospects.obstacle(Situation.UNASSIGNED, Action.CREATE, true))
                .contains("CREATE needs a source object.");
        assertThat(Prospects.obstacle(Situation.CONFIRMED, Action.CREATE, true))
                .contains("CREATE needs that there is no target yet.");
        assertThat(Prospects.obstacle(Situation.FOUND_ALREADY_LINKED, Action.UPDATE, true))
                .contains("UPDATE needs a target that is not linked to another source.");
        assertThat(Prospects.obstacle(Situation.ABSENT, Action.UNLINK, true))
                .contains("UNLINK never has anything to do there.");
        assertThat(Prospects.obstacle(Situation.FOUND, Action.UPDATE, false)).isEmpty();
    }
}
