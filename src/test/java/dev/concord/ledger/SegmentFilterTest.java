package dev.concord.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.filter.Filter;
import dev.concord.ledger.Counts.OpKind;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which segments need to be read for a filter: one created target, one failed update, one failure without a situation.
 */
class SegmentFilterTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true|true",
                "situation eq \"ABSENT\"|true",
                "situation eq \"FOUND\"|false",
                "situation eq \"ABSENT\" and status eq \"FAILURE\"|false",
                "situation eq \"CONFIRMED\" and errorKind eq \"SCRIPT\" and sourceObjectId eq \"1\"|true",
                "!(status eq \"SUCCESS\") and action eq \"CREATE\"|false",
                "situation eq \"FOUND\" or sourceObjectId eq \"1\"|true",
                "!(situation pr)|true",
                "situation in '[\"FOUND\",\"MISSING\"]'|false",
                "(situation eq \"FOUND\" or action eq \"DELETE\") and display/source/name pr|false"
            })
    void aSegmentIsReadWhenOneOfItsOpsCanMatch(String filter, boolean read) {
        Counts counts = new Counts();
        counts.addOp(new OpKind(Situation.ABSENT, Action.CREATE, Outcome.SUCCESS), 5);
        counts.addOp(new OpKind(Situation.CONFIRMED, Action.UPDATE, Outcome.SCRIPT), 1);
        counts.addOp(new OpKind(null, null, Outcome.DATA), 1);
        assertThat(new SegmentFilter(Filter.parse(filter)).test(counts)).isEqualTo(read);
    }

    @Test
    void theRunIsTakenFromAFilterThatNamesIt() {
        assertThat(SegmentFilter.only(Filter.parse("status eq \"FAILURE\" and reconId eq \"r\""), "reconId"))
                .contains("r");
        assertThat(SegmentFilter.only(Filter.parse("status eq \"FAILURE\" or reconId eq \"r\""), "reconId"))
                .isEmpty();
    }
}
