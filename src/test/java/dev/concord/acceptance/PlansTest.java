package dev.concord.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.RunView;
import dev.concord.run.Plans;
import dev.concord.run.Retention;
import dev.concord.run.RunRefused;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On H2 also what does not depend on the database. */
class PlansTest extends PlansContract {

    @Override
    TestDatabase database() {
        return Databases.H2.fresh();
    }

    @Test
    void aPlanIsAppliedOnce() throws IOException {
        RunView plan = forty();
        RunView applied = home.apply(plan);
        Map<String, String> accounts = home.accounts();
        assertThatThrownBy(() -> home.apply(plan))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining(applied.run().id())
                .hasMessageContaining("applied already");
        assertThat(home.accounts()).isEqualTo(accounts);
    }

    @Test
    void aPlanForAnotherTextIsRefused() throws IOException {
        RunView plan = forty();
        Map<String, String> accounts = home.accounts();
        home.mapping(PlanHome.MAPPING.replace("{target: title, source: title}", "{target: title, source: name}"));
        assertThatThrownBy(() -> home.apply(plan))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("other definitions")
                .hasMessageContaining("properties[1].source changed");
        assertThat(home.accounts()).isEqualTo(accounts);
        home.mapping(PlanHome.MAPPING);
        assertThat(home.count(home.apply(plan), Outcome.SUCCESS)).isEqualTo(40);
    }

    @Test
    void onlyARunThatLookedIsAPlan() throws IOException {
        home.person(1, "clerk");
        RunView run = home.run();
        assertThatThrownBy(() -> home.apply(run)).isInstanceOf(RunRefused.class).hasMessageContaining("is no plan");
        assertThatThrownBy(() -> home.plans().apply("nonsense", House.ACTOR, RunListener.NONE))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("There is no run nonsense");
    }

    @Test
    void valuesThatPlansWithholdAreComparedAllTheSame() throws IOException {
        home.person(1, "clerk", "old-secret-one");
        home.person(2, "clerk", "old-secret-two");
        home.person(3, "clerk", "old-secret-three");
        home.run();
        home.person(1, "clerk", "new-secret-one");
        home.person(2, "clerk", "new-secret-two");
        home.person(3, "clerk", "new-secret-three");
        home.person(4, "clerk", "new-secret-four");
        RunView plan = home.plan();
        assertThat(home.entries(plan).toString()).doesNotContain("secret");
        home.person(2, "clerk", "third-secret-two");
        home.changeAccount(home.linked().get("3"), "ssn", "third-secret-three");

        RunView applied = home.apply(plan);

        assertThat(home.entries(applied).toString()).doesNotContain("secret");
        assertThat(home.failures(applied))
                .extracting(Entry::sourceId, Entry::outcome, Entry::message)
                .containsExactlyInAnyOrder(
                        tuple(
                                "2",
                                Outcome.CHANGED,
                                "It is not what it was when this was planned: ssn has, or would get, another value than"
                                        + " planned. Nothing was done."),
                        tuple(
                                "3",
                                Outcome.CHANGED,
                                "It is not what it was when this was planned: ssn has, or would get, another value than"
                                        + " planned. Nothing was done."));
        assertThat(home.account(home.linked().get("1")).content()).containsEntry("ssn", "new-secret-one");
        assertThat(home.account(home.linked().get("4")).content()).containsEntry("ssn", "new-secret-four");
        assertThat(home.account(home.linked().get("2")).content()).containsEntry("ssn", "old-secret-two");
    }

    @Test
    void withoutAKeyAPlanHasASecretOfItsOwnThatIsNotInTheDatabase() throws IOException {
        home.withoutKey();
        home.person(1, "clerk", "old-secret");
        home.person(2, "clerk", "old-secret");
        home.run();
        home.person(1, "clerk", "new-secret");
        home.person(2, "clerk", "new-secret");
        RunView plan = home.plan();
        assertThat(home.planKeys()).containsExactly(plan.run().id());
        home.person(2, "clerk", "third-secret");
        RunView applied = home.apply(plan);
        assertThat(home.failures(applied)).singleElement().satisfies(entry -> {
            assertThat(entry.sourceId()).isEqualTo("2");
            assertThat(entry.message()).contains("ssn has, or would get, another value than planned");
        });
        assertThat(home.account(home.linked().get("1")).content()).containsEntry("ssn", "new-secret");
        assertThat(home.planKeys()).isEmpty();
    }

    @Test
    void retentionDropsThatSecretWithThePlan() throws IOException {
        home.withoutKey();
        home.person(1, "clerk", "old-secret");
        home.run();
        home.mapping(PlanHome.MAPPING + "reconAssociation: {maxAnalysisRunsPerMapping: 1}\n");
        home.person(1, "clerk", "new-secret");
        RunView old = home.plan();
        RunView kept = home.plan();
        assertThat(home.house().find(old.run().id()).orElseThrow().run().entriesDropped())
                .isNotNull();
        assertThat(home.planKeys()).containsExactly(kept.run().id());

        home.write("data/plan-keys/forgotten-elsewhere", "secret");
        home.house().get(Retention.class).prune(null, () -> true);
        assertThat(home.planKeys()).containsExactly(kept.run().id());
    }

    @Test
    void whereThatSecretIsNotARecordWithSensitiveChangesIsRefused() throws IOException {
        home.withoutKey();
        home.person(1, "clerk", "old-secret");
        home.person(2, "clerk", "same-secret");
        home.run();
        home.person(1, "clerk", "new-secret");
        home.person(2, "head", "same-secret");
        RunView plan = home.plan();
        home.losePlanKeys();
        RunView applied = home.apply(plan);
        assertThat(home.failures(applied)).singleElement().satisfies(entry -> {
            assertThat(entry.sourceId()).isEqualTo("1");
            assertThat(entry.message()).contains("ssn cannot be compared").contains("there is no key");
        });
        assertThat(home.account(home.linked().get("2")).content()).containsEntry("title", "head");
    }

    @Test
    void whatWasWithheldIsVisitedFromTheSideOfTheTarget() throws IOException {
        home.mapping(PlanHome.MAPPING.replace(
                        "{situation: UNASSIGNED, action: IGNORE}", "{situation: UNASSIGNED, action: DELETE}")
                + """
                validSource: "if (source.title === 'broken') { throw 'broken'; } true"
                """);
        home.person(1, "broken");
        home.person(2, "clerk");
        home.createAccount("nobody", Map.of("userName", "nobody"));
        RunView run = home.run();
        assertThat(home.count(run, Outcome.WITHHELD)).isEqualTo(1);

        RunView still = home.failedOf(run, false);
        assertThat(home.count(still, Outcome.WITHHELD)).isEqualTo(1);
        assertThat(still.counts(Phase.TARGET).get(Measure.RECORDS)).isEqualTo(1);
        assertThat(home.accounts()).containsKey("nobody");

        home.person(1, "clerk");
        RunView mended = home.failedOf(still, false);
        assertThat(mended.counts().failures()).isZero();
        assertThat(home.accounts()).doesNotContainKey("nobody");
    }

    @Test
    void failuresOfAnotherMappingAreRefused() throws IOException {
        home.person(1, "clerk");
        RunView run = home.run();
        home.mapping(PlanHome.MAPPING.replace("name: people", "name: others"));
        assertThatThrownBy(() -> home.plans()
                        .failedOf(
                                new Plans.FailedRequest("others", run.run().id(), false, false),
                                House.ACTOR,
                                RunListener.NONE))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("is one of the mapping people");
    }
}
