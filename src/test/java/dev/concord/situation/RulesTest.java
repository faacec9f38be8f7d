package dev.concord.situation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.filter.Filter;
import dev.concord.mapping.Action;
import dev.concord.mapping.Condition;
import dev.concord.mapping.Condition.FilterCondition;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Rule.RuleAction.Named;
import dev.concord.mapping.Situation;
import dev.concord.mapping.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class RulesTest {

    private static final Predicate<Condition> ALL_HOLD = condition -> true;
    private static final Predicate<Condition> NONE_HOLDS = condition -> false;

    @Test
    void theFirstRuleOfTheSituationWins() {
        Mapping mapping = mapping("""
                policies:
                  - {situation: FOUND, action: LINK}
                  - {situation: ABSENT, action: REPORT}
                  - {situation: ABSENT, action: CREATE}
                """);

        assertThat(action(mapping, Situation.ABSENT, ALL_HOLD)).isEqualTo(Action.REPORT);
    }

    @Test
    void aRuleWhoseConditionDoesNotHoldIsPassedOver() {
        Mapping mapping = mapping("""
                policies:
                  - {situation: ABSENT, action: CREATE, condition: "/object/first eq true"}
                  - {situation: ABSENT, action: REPORT, condition: "/object/second eq true"}
                  - {situation: ABSENT, action: IGNORE}
                """);

        assertThat(action(mapping, Situation.ABSENT, holding("/object/first eq true")))
                .isEqualTo(Action.CREATE);
        assertThat(action(mapping, Situation.ABSENT, holding("/object/second eq true")))
                .isEqualTo(Action.REPORT);
        assertThat(action(mapping, Situation.ABSENT, NONE_HOLDS)).isEqualTo(Action.IGNORE);
    }

    @Test
    void anUnconditionalRuleHidesTheOnesBelowIt() {
        Mapping mapping = mapping("""
                policies:
                  - {situation: ABSENT, action: IGNORE}
                  - {situation: ABSENT, action: CREATE, condition: "/object/active eq true"}
                """);

        assertThat(action(mapping, Situation.ABSENT, ALL_HOLD)).isEqualTo(Action.IGNORE);
    }

    @Test
    void noRuleAppliesWhenNoConditionHolds() {
        Mapping mapping = mapping("""
                policies:
                  - {situation: ABSENT, action: CREATE, condition: "/object/active eq true", postAction: "1"}
                """);

        assertThat(Rules.select(mapping, Situation.ABSENT, NONE_HOLDS)).isEmpty();
    }

    @Test
    void noRuleAppliesInASituationThatHasNone() {
        assertThat(Rules.select(mapping("policies: []"), Situation.ABSENT, ALL_HOLD))
                .isEmpty();
        assertThat(Rules.select(mapping("policies: [{situation: FOUND, action: LINK}]"), Situation.ABSENT, ALL_HOLD))
                .isEmpty();
    }

    @Test
    void onlyConditionsUpToTheOneThatHoldsAreLookedAt() {
        Mapping mapping = mapping("""
                policies:
                  - {situation: FOUND, action: LINK, condition: "/object/found eq true"}
                  - {situation: ABSENT, action: CREATE, condition: "/object/first eq true"}
                  - {situation: ABSENT, action: REPORT, condition: "/object/second eq true"}
                  - {situation: ABSENT, action: IGNORE, condition: "/object/third eq true"}
                """);
        List<String> looked = new ArrayList<>();

        Rules.select(mapping, Situation.ABSENT, condition -> {
            looked.add(((FilterCondition) condition).filter().text());
            return looked.size() == 2;
        });

        assertThat(looked).containsExactly(text("/object/first eq true"), text("/object/second eq true"));
    }

    @Test
    void whatAConditionThrowsIsPassedOn() {
        Mapping mapping = mapping("policies: [{situation: ABSENT, action: CREATE, condition: '/object/a eq 1'}]");
        IllegalStateException trouble = new IllegalStateException();

        assertThatThrownBy(() -> Rules.select(mapping, Situation.ABSENT, condition -> {
                    throw trouble;
                }))
                .isSameAs(trouble);
    }

    private static Action action(Mapping mapping, Situation situation, Predicate<Condition> holds) {
        return ((Named) Rules.select(mapping, situation, holds).orElseThrow().action()).action();
    }

    private static Predicate<Condition> holding(String filter) {
        return condition -> ((FilterCondition) condition).filter().text().equals(text(filter));
    }

    private static String text(String filter) {
        return Filter.parse(filter).text();
    }

    private static Mapping mapping(String policies) {
        Definitions definitions = DefinitionLoader.load(Sources.of(Map.of(
                "managed/person.yaml", "{name: person, attributes: {name: {type: string}}}",
                "managed/account.yaml", "{name: account, attributes: {name: {type: string}}}",
                "persons.yaml", "name: persons\nsource: managed/person\ntarget: managed/account\n" + policies)));
        Mapping mapping = definitions.mappings().get("persons");
        assertThat(mapping).as("%s", definitions.faults()).isNotNull();
        return mapping;
    }
}
