package dev.concord.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.record.AttributeChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final AttributeChange MAIL = new AttributeChange("mail", "a", "b");
    private static final AttributeChange NAME = new AttributeChange("name", null, "c");

    @Test
    void whatWouldBeWrittenIsSaidInTheOrderInWhichItHappens() {
        assertThat(summary(Action.UPDATE, Outcome.SUCCESS, List.of(Measure.LINKS_CREATED, Measure.UPDATED), MAIL, NAME))
                .isEqualTo("Would link managed/user/17 to the source and update 2 attributes of managed/user/17:"
                        + " mail, name.");
        assertThat(summary(Action.CREATE, Outcome.SUCCESS, List.of(Measure.CREATED, Measure.LINKS_REPOINTED), NAME))
                .isEqualTo("Would create an object of managed/user with 1 attribute and make the link lead to it.");
    }

    @Test
    void deletesComeLast() {
        assertThat(summary(Action.DELETE, Outcome.SUCCESS, List.of(Measure.DELETED, Measure.LINKS_REMOVED), MAIL))
                .isEqualTo(
                        "Would delete managed/user/17 and remove the link, in the deletes step at the end of a run.");
    }

    @Test
    void whereNothingWouldBeWrittenTheReasonIsSaid() {
        assertThat(summary(Action.UPDATE, Outcome.SUCCESS, List.of(Measure.UNCHANGED)))
                .isEqualTo("Nothing would be written: managed/user/17 is as it should be.");
        assertThat(summary(Action.IGNORE, Outcome.SUCCESS, List.of())).isEqualTo("Nothing would be written.");
        assertThat(summary(Action.EXCEPTION, Outcome.RULE, List.of()))
                .isEqualTo("Nothing would be written, and a run would report a failure, because the rule says so.");
        assertThat(summary(Action.REPORT, Outcome.SUCCESS, List.of(), MAIL))
                .isEqualTo("Nothing would be written; its message would stand in the report.");
    }

    private static String summary(
            Action action, Outcome outcome, List<Measure> effects, AttributeChange... differences) {
        Entry entry = new Entry(
                Situation.CONFIRMED,
                action,
                outcome,
                "1",
                "17",
                "default",
                List.of(),
                null,
                null,
                Map.of(),
                List.of(differences));
        return Summary.of(
                new Decision(
                        Phase.SOURCE,
                        entry,
                        null,
                        List.of(),
                        null,
                        "Because.",
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        effects),
                "managed/user");
    }
}
