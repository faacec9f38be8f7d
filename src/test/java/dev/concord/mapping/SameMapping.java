package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares mappings that may be spelled differently. Places aside, everything is the same, and instead of the default
 * actions the rules that stand for them.
 */
public final class SameMapping {

    private SameMapping() {}

    public static void assertSame(Mapping actual, Mapping expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .ignoringFieldsOfTypes(Place.class)
                .ignoringFields("rules", "defaultActions", "unknownKeys")
                .withEqualsForType((a, b) -> Objects.equals(lines(a), lines(b)), String.class)
                .isEqualTo(expected);
        assertThat(rules(actual))
                .usingRecursiveComparison()
                .ignoringFieldsOfTypes(Place.class)
                .withEqualsForType((a, b) -> Objects.equals(lines(a), lines(b)), String.class)
                .isEqualTo(rules(expected));
        assertThat(unknownKeys(actual)).isEqualTo(unknownKeys(expected));
    }

    /** All rules, and for each situation that may be left without one the rule that its default action is. */
    private static List<Rule> rules(Mapping mapping) {
        List<Rule> rules = new ArrayList<>(mapping.rules());
        EnumSet<Situation> settled = EnumSet.noneOf(Situation.class);
        rules.stream().filter(rule -> rule.condition() == null).forEach(rule -> settled.add(rule.situation()));
        mapping.defaultActions().forEach((situation, action) -> {
            if (!settled.contains(situation)) {
                rules.add(new Rule(
                        situation, new Rule.RuleAction.Named(action), null, null, new Place("default", 0, "")));
            }
        });
        return rules;
    }

    /** A correlation may have moved to the key of the other spelling. */
    private static Map<String, @Nullable Object> unknownKeys(Mapping mapping) {
        Map<String, @Nullable Object> keys = new TreeMap<>();
        mapping.unknownKeys()
                .forEach((pointer, value) -> keys.put(
                        pointer.replace("/correlationQuery", "/correlation").replace("/expressionTree", ""), value));
        return keys;
    }

    /** Line ends are all one in scripts. */
    private static @Nullable String lines(@Nullable String text) {
        return text == null ? null : text.replace("\r\n", "\n").replace('\r', '\n');
    }
}
