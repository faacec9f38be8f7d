package dev.concord.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DifferenceTest {

    private static final Predicate<String> ALL_ORDERED = attribute -> false;

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        return RandomValues.objects();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anObjectDoesNotDifferFromItsCopy(@ForAll("objects") Map<String, Object> object) {
        assertThat(Difference.between(object, JsonValues.copyOf(object), ALL_ORDERED)
                        .isEmpty())
                .isTrue();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void nullAttributesCountAsAbsent(@ForAll("objects") Map<String, Object> object) {
        Map<String, Object> bare = new LinkedHashMap<>(object);
        bare.values().removeIf(value -> value == null);

        assertThat(Difference.between(object, bare, ALL_ORDERED).isEmpty()).isTrue();
        assertThat(Difference.between(bare, object, ALL_ORDERED).isEmpty()).isTrue();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theChangesLeadFromOneObjectToTheOther(
            @ForAll("objects") Map<String, Object> before, @ForAll("objects") Map<String, Object> after) {
        Map<String, Object> changed = new LinkedHashMap<>(before);
        for (AttributeChange change :
                Difference.between(before, after, ALL_ORDERED).changes()) {
            assertThat(change.before()).isEqualTo(before.get(change.attribute()));
            assertThat(JsonValues.same(change.before(), change.after())).isFalse();
            changed.put(change.attribute(), change.after());
        }

        assertThat(Difference.between(changed, after, ALL_ORDERED).isEmpty()).isTrue();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void bothDirectionsNameTheSameAttributes(
            @ForAll("objects") Map<String, Object> before, @ForAll("objects") Map<String, Object> after) {
        assertThat(attributes(Difference.between(before, after, ALL_ORDERED)))
                .containsExactlyInAnyOrderElementsOf(attributes(Difference.between(after, before, ALL_ORDERED)));
    }

    @Test
    void changesComeInTheOrderOfTheWantedObjectAndRemovalsLast() {
        Map<String, Object> before = Json.readObject("{\"gone\": 1, \"b\": 1, \"same\": 1, \"a\": 1}");
        Map<String, Object> after = Json.readObject("{\"a\": 2, \"new\": \"x\", \"same\": 1.0, \"b\": \"1\"}");

        assertThat(Difference.between(before, after, ALL_ORDERED).changes())
                .containsExactly(
                        new AttributeChange("a", 1, 2),
                        new AttributeChange("new", null, "x"),
                        new AttributeChange("b", 1, "1"),
                        new AttributeChange("gone", 1, null));
    }

    @Test
    void onlyUnorderedAttributesCompareAsSets() {
        Map<String, Object> before = Map.of("groups", List.of("a", "b"), "phones", List.of("1", "2"));
        Map<String, Object> after = Map.of("groups", List.of("b", "a"), "phones", List.of("2", "1"));

        assertThat(attributes(Difference.between(before, after, "groups"::equals)))
                .containsExactly("phones");
    }

    @Test
    void anEmptyTextIsAValue() {
        Map<String, Object> nothing = new LinkedHashMap<>();
        nothing.put("a", null);

        assertThat(attributes(Difference.between(nothing, Map.of("a", ""), ALL_ORDERED)))
                .containsExactly("a");
    }

    @Test
    void laterChangesOfTheListDoNotReachTheDifference() {
        List<AttributeChange> changes = new ArrayList<>(List.of(new AttributeChange("a", 1, 2)));
        Difference difference = new Difference(changes);

        changes.clear();

        assertThat(difference.changes()).hasSize(1);
    }

    private static List<String> attributes(Difference difference) {
        return difference.changes().stream().map(AttributeChange::attribute).toList();
    }
}
