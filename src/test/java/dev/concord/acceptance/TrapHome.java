package dev.concord.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Entry;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunState;
import dev.concord.ledger.RunView;
import dev.concord.oracle.Account;
import dev.concord.oracle.Holdings;
import dev.concord.oracle.Oracle;
import dev.concord.run.Reconciliations;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.Page.Item;
import dev.concord.testing.Databases;
import dev.concord.testing.House;
import dev.concord.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/** A small home on a database of its own, for runs over data that is not as it should be. */
final class TrapHome implements AutoCloseable {

    /** Rules that make, keep up to date and remove targets. */
    static final String RULES = """
            policies:
              - {situation: ABSENT, action: CREATE}
              - {situation: FOUND, action: UPDATE}
              - {situation: CONFIRMED, action: UPDATE}
              - {situation: SOURCE_MISSING, action: DELETE}
              - {situation: UNASSIGNED, action: IGNORE}
            """;

    final Path folder;
    final TestDatabase database;
    private House house;

    TrapHome(Path folder, Databases kind) {
        this.folder = folder;
        this.database = kind.fresh();
    }

    House house() {
        if (house == null) {
            house = House.open(folder, database);
        }
        return house;
    }

    JdbcTemplate jdbc() {
        return house().get(JdbcTemplate.class);
    }

    TrapHome write(String file, String text) {
        return write(file, text.getBytes(UTF_8));
    }

    TrapHome write(String file, byte[] bytes) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String file) {
        try {
            return Files.readString(folder.resolve(file), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a mapping and expects it to go through, whatever becomes of single records, and its ledger to explain each
     * change of targets and links.
     */
    RunView done(String mapping, String runId) {
        Holdings before = Holdings.of(house(), mapping);
        RunView view = through(mapping, runId);
        Oracle.explain(before, Holdings.of(house(), mapping), Account.of(house(), runId))
                .assertFaultless();
        return view;
    }

    /**
     * Runs a mapping and expects it to go through. For names that differ in their case only, which the oracle does not
     * tell apart.
     */
    RunView through(String mapping, String runId) {
        RunView view = house().run(mapping, runId);
        assertThat(view.run().state()).as(view.run().message()).isEqualTo(RunState.SUCCESS);
        return view;
    }

    /** Runs a mapping and expects it to fail in a way that a restart can go on from; answers what it said. */
    String broken(String mapping, String runId) {
        Run run = house().run(mapping, runId).run();
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        return String.valueOf(run.message());
    }

    /** Runs a mapping again and expects that nothing is written, and that the same records fail as before. */
    RunView quiet(String mapping, RunView before) {
        List<String> failed = failures(before);
        RunView again = done(mapping, before.run().id() + "-again");
        assertThat(writes(again))
                .as("what the second run of " + mapping + " wrote")
                .isEmpty();
        assertThat(failures(again)).isEqualTo(failed);
        return again;
    }

    /** What a run wrote, by what it was. */
    static Map<Measure, Long> writes(RunView view) {
        Map<Measure, Long> writes = new TreeMap<>();
        Counts counts = view.counts();
        for (Measure measure : List.of(
                Measure.CREATED,
                Measure.UPDATED,
                Measure.DELETED,
                Measure.LINKS_CREATED,
                Measure.LINKS_REPOINTED,
                Measure.LINKS_REMOVED)) {
            if (counts.get(measure) > 0) {
                writes.put(measure, counts.get(measure));
            }
        }
        return writes;
    }

    /** The failures of a run: id and message, sorted. */
    List<String> failures(RunView view) {
        TreeSet<String> failures = new TreeSet<>();
        for (Entry entry : entries(view)) {
            if (entry.outcome().isFailure()) {
                String id = entry.sourceId() == null ? "target " + entry.targetId() : entry.sourceId();
                failures.add(id + ": " + entry.message() + (entry.detail() == null ? "" : " | " + entry.detail()));
            }
        }
        return List.copyOf(failures);
    }

    List<Entry> entries(RunView view) {
        List<Entry> entries = new ArrayList<>();
        house().get(LedgerReader.class).entries(view.run().id(), counts -> true, (segment, index, entry) -> {
            entries.add(entry);
            return true;
        });
        return entries;
    }

    /** The links of a mapping, as {@code source>target}, sorted. */
    List<String> links(String mapping) {
        return house().get(Reconciliations.class).links(mapping).scan(null, 100_000).stream()
                .map(link -> link.sourceId() + ">" + link.targetId())
                .sorted()
                .toList();
    }

    /** The readable objects of a set by their ids. */
    Map<String, Map<String, Object>> objects(String set) {
        Map<String, Map<String, Object>> objects = new TreeMap<>();
        try (ObjectSets sets = house().get(ObjectSets.Factory.class)
                .of(house().get(Reconciliations.class).definitions())) {
            ObjectSet opened = sets.open(set);
            String after = null;
            boolean end = false;
            while (!end) {
                dev.concord.system.Page page = opened.scan(KeyRange.ALL, after, 500, null);
                for (Item item : page.items()) {
                    if (item instanceof Item.Found found) {
                        objects.put(
                                found.resource().id(),
                                Map.copyOf(found.resource().content()));
                    }
                }
                after = page.lastPosition();
                end = page.end();
            }
        }
        return objects;
    }

    @Override
    public void close() {
        if (house != null) {
            house.close();
        }
        database.close();
    }
}
