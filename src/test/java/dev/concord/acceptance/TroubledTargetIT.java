package dev.concord.acceptance;

import static dev.concord.acceptance.StaffHome.ELSEWHERE;
import static dev.concord.acceptance.StaffHome.MAPPING;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.concord.ledger.Measure;
import dev.concord.ledger.RunCondition;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.recon.Engine;
import dev.concord.script.GraalScripts;
import dev.concord.script.Scripts;
import dev.concord.system.ObjectSets;
import dev.concord.testing.CuttingProxy;
import dev.concord.testing.CuttingProxy.Moment;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import dev.concord.testing.fault.Effect;
import dev.concord.testing.fault.FaultPlan;
import dev.concord.testing.fault.FaultyObjectSets;
import dev.concord.testing.fault.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * A target in a database of its own that is slow, silent, down, or fails now and then. No record is blamed for it; a
 * run that cannot go on fails, and its restart finishes it.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TroubledTargetIT {

    private static final String RUN = "the-run";
    private static final String TIMEOUTS = "{connect: 500ms, call: 1500ms}";
    private static final String PAGES = "feedSize: 10\ntaskThreads: 4\n";

    private final GraalScripts scripts = new GraalScripts();
    private final TestDatabase server = Databases.MARIADB.fresh();
    private final CuttingProxy proxy = CuttingProxy.of(server.url());
    private Aftermath undisturbed;

    @TempDir
    Path folder;

    @BeforeAll
    void runUndisturbed(@TempDir Path other) {
        server.execute(StaffHome.TABLE);
        try (TestDatabase platform = Databases.H2.fresh();
                House house = house(
                                StaffHome.elsewhere(other, server.url(), server.username(), TIMEOUTS, PAGES)
                                        .folder(),
                                platform)
                        .open()) {
            undisturbed = Aftermath.of(house, house.run(MAPPING, RUN), ELSEWHERE);
        }
    }

    @BeforeEach
    void empty() {
        server.execute("delete from contact");
    }

    @AfterAll
    void close() {
        proxy.close();
        server.close();
        scripts.close();
    }

    @Test
    void aTargetThatGoesDownFailsTheRunAndNoRecord() {
        assertFailedAndFinished(proxy::refuse);
    }

    @Test
    void aTargetThatFallsSilentFailsTheRunAndNoRecord() {
        assertFailedAndFinished(proxy::fallSilent);
    }

    private void assertFailedAndFinished(Runnable disaster) {
        proxy.pass();
        try (TestDatabase platform = Databases.H2.fresh();
                House house = house(throughProxy(), platform).open()) {
            // A house sets logging up when it opens.
            ListAppender<ILoggingEvent> log = new ListAppender<>();
            log.start();
            logger().addAppender(log);
            RunView failed = house.run(MAPPING, RUN, StaffHome.atPage(9, disaster));
            assertThat(failed.run().state()).isEqualTo(RunState.FAILED);
            assertThat(failed.run().condition()).as(failed.run().message()).isEqualTo(RunCondition.INFRASTRUCTURE);
            assertThat(failed.run().message()).contains("system crm", "`./concord restart " + RUN + "`");
            assertThat(failed.counts().failures()).isZero();
            logger().detachAppender(log);
            assertThat(log.list)
                    .as("one line for each cause, not for each partition or attempt")
                    .hasSizeBetween(1, 4);

            proxy.pass();
            RunView view = house.restart(RUN);
            Aftermath.of(house, view, ELSEWHERE).assertSameWorldAs(undisturbed);
            assertThat(view.counts().failures()).isZero();
            assertThat(view.counts().get(Measure.RECORDS)).isGreaterThanOrEqualTo(StaffHome.PEOPLE);
            Aftermath.assertSettled(house, MAPPING);
        }
    }

    @Test
    void aSlowTargetIsNoTrouble() {
        proxy.pass();
        proxy.delay(Duration.ofMillis(20));
        try (TestDatabase platform = Databases.H2.fresh();
                House house = house(throughProxy(), platform).open()) {
            RunView view = house.run(MAPPING, RUN);
            Aftermath.of(house, view, ELSEWHERE).assertSameAs(undisturbed);
            assertThat(view.counts().get(Measure.RETRIES)).isZero();
            Aftermath.assertSettled(house, MAPPING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsCutAtTheTargetsOwnCommitIsMadeUpFor(Moment moment) {
        proxy.pass();
        try (TestDatabase platform = Databases.H2.fresh();
                House house = house(throughProxy(), platform).open()) {
            proxy.cutAtCommitBehind("insert into", 4, moment);
            int before = proxy.cuts();
            RunView view = house.run(MAPPING, RUN);
            assertThat(proxy.cuts()).isEqualTo(before + 1);
            assertThat(view.counts().get(Measure.RETRIES)).isPositive();
            Aftermath.of(house, view, ELSEWHERE).assertSameWorldAs(undisturbed);
            assertThat(view.counts().failures()).isZero();
            Aftermath.assertSettled(house, MAPPING);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aTargetThatFailsOnceInAHundredCallsBeforeOrAfterTheEffectIsMadeUpFor(long seed) {
        FaultPlan plan = new FaultPlan();
        for (Operation operation : new Operation[] {Operation.WRITE, Operation.FETCH, Operation.FIND}) {
            plan.sometimes(operation, 0.01, seed * 31 + operation.ordinal(), Effect.unavailable());
        }
        Path home = StaffHome.elsewhere(
                        folder, server.url(), server.username(), TIMEOUTS, "feedSize: 1\ntaskThreads: 4\n")
                .folder();
        try (TestDatabase platform = Databases.H2.fresh();
                House house = house(home, platform)
                        .with(ObjectSets.Factory.class, sets -> new FaultyObjectSets(sets, Map.of(ELSEWHERE, plan)))
                        .open()) {
            RunView view = house.run(MAPPING, RUN);
            assertThat(view.counts().get(Measure.RETRIES)).isPositive();
            assertThat(view.counts().failures()).isZero();
            Aftermath.of(house, view, ELSEWHERE).assertSameWorldAs(undisturbed);
            plan.clear();
            Aftermath.assertSettled(house, MAPPING);
        }
    }

    private Path throughProxy() {
        return StaffHome.elsewhere(folder, proxy.through(server.url()), server.username(), TIMEOUTS, PAGES)
                .folder();
    }

    private House.Plan house(Path home, TestDatabase platform) {
        return House.on(home, platform)
                .with(Scripts.class, own -> scripts)
                .set("concord.retries.within", "3s")
                .partitionsOf(50);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Engine.class.getPackageName() + ".Attempts");
    }
}
