package dev.concord.recon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.correlation.Question;
import dev.concord.filter.Filter;
import dev.concord.filter.Normalization;
import dev.concord.record.Pointer;
import dev.concord.record.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PendingTargetsTest {

    private final PendingTargets pending = new PendingTargets();

    @Test
    void targetsAreFoundByEveryComparisonThatQuestionsMake() {
        put("a", " ADA");
        put("b", "ada");

        assertThat(admitted(plain("ada"))).containsExactly("b");
        assertThat(admitted(normalized("ada"))).containsExactly("a", "b");
        assertThat(admitted(Filter.parse("mail sw \" \""))).containsExactly("a");
        put("c", "Ada ");
        assertThat(admitted(plain("ada"))).containsExactly("b");
        assertThat(admitted(plain("Ada "))).containsExactly("c");
        assertThat(admitted(normalized("ada"))).containsExactly("a", "b", "c");
    }

    @Test
    void onlyWhatTheyAreNowCounts() {
        put("a", "Ada");
        put("b", "Ada");
        assertThat(admitted(normalized("ada"))).containsExactly("a", "b");

        put("a", "Bob");
        pending.put("b", null);

        assertThat(admitted(normalized("ada"))).isEmpty();
        assertThat(admitted(normalized("bob"))).containsExactly("a");
    }

    private void put(String id, String mail) {
        pending.put(id, new Resource(id, null, Map.of("mail", mail)));
    }

    private List<String> admitted(Filter filter) {
        return pending.admittedBy(new Question.Matching(filter)).stream()
                .map(Resource::id)
                .toList();
    }

    private static Filter plain(String mail) {
        return new Filter.Comparison(Pointer.of("mail"), Filter.Operator.EQ, mail);
    }

    private static Filter normalized(String mail) {
        return new Filter.NormalizedEquality(
                Pointer.of("mail"), List.of(Normalization.TRIM, Normalization.LOWER), mail);
    }
}
