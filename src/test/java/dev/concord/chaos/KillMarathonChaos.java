package dev.concord.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Phase;
import dev.concord.script.GraalScripts;
import dev.concord.testing.Databases;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two hundred kills on each database. Settable: {@code concord.kills}, {@code concord.records} (a multiple of 40),
 * {@code concord.page}, {@code concord.databases} (H2,MARIADB,MYSQL) and {@code concord.seed}, which is printed for a
 * replay of the same kills.
 */
@TestInstance(Lifecycle.PER_CLASS)
class KillMarathonChaos {

    private static final int ENOUGH = 20;

    private final int kills = Integer.getInteger("concord.kills", 200);
    private final long seed = Long.getLong("concord.seed", new Random().nextInt(1_000_000));
    private final SkewedWorld world =
            new SkewedWorld(Integer.getInteger("concord.records", 50_000), Integer.getInteger("concord.page", 100), 2);
    private final GraalScripts scripts = new GraalScripts();
    private List<String> java;
    private Path folder;

    @BeforeAll
    void prepare(@TempDir Path temporary) throws Exception {
        folder = temporary;
        java = QuickStart.java(temporary);
    }

    static Stream<Databases> databases() {
        return Stream.of(System.getProperty("concord.databases", "H2,MARIADB,MYSQL")
                        .split(","))
                .map(Databases::valueOf);
    }

    @AfterAll
    void close() {
        scripts.close();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void whateverIsKilledNothingIsLostAndNothingIsDoneTwice(Databases kind) throws Exception {
        System.out.println(kind + ": seed " + seed + "; -Dconcord.seed=" + seed + " brings the same kills back.");
        long start = System.nanoTime();
        Tally tally = new Marathon(kind, world, folder.resolve(kind.name()), seed, java, scripts).run(kills);
        System.out.printf(
                "%s, seed %d, %d minutes%n%s%n", kind, seed, (System.nanoTime() - start) / 60_000_000_000L, tally);
        tally.verdict().assertFaultless();
        assertThat(tally.kills()).isGreaterThanOrEqualTo(kills);
        if (kills >= Phase.values().length * ENOUGH * 2) {
            for (Phase phase : Phase.values()) {
                assertThat(tally.kills(phase)).as("kills inside %s", phase).isGreaterThanOrEqualTo(ENOUGH);
            }
        }
    }
}
