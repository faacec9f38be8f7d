package dev.concord.worlds;

import static java.util.stream.Collectors.toMap;

import dev.concord.explanation.Explanation;
import dev.concord.guard.GuardLimits;
import dev.concord.guard.Guards;
import dev.concord.ledger.Counts;
import dev.concord.ledger.Entry;
import dev.concord.ledger.Lease;
import dev.concord.ledger.Leases;
import dev.concord.ledger.LedgerReader;
import dev.concord.ledger.LedgerReader.SegmentId;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunKind;
import dev.concord.ledger.RunListener;
import dev.concord.ledger.Runs;
import dev.concord.mapping.Action;
import dev.concord.mapping.Closure;
import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Guard;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Sources;
import dev.concord.mapping.Threshold;
import dev.concord.model.World;
import dev.concord.model.World.Link;
import dev.concord.model.World.Match;
import dev.concord.model.WorldScripts;
import dev.concord.oracle.Account;
import dev.concord.oracle.Holdings;
import dev.concord.recon.Engine;
import dev.concord.recon.GuardTripped;
import dev.concord.recon.Patience;
import dev.concord.recon.PreparedRun;
import dev.concord.record.CompareKey;
import dev.concord.record.Resource;
import dev.concord.script.Scripts;
import dev.concord.system.KeyRange;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import dev.concord.system.Page;
import dev.concord.system.Write;
import dev.concord.system.managed.ManagedStore;
import dev.concord.testing.PlatformDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Plays worlds on the real engine: the batch job with its repository, links, ledger and managed store in one database,
 * which is emptied for each world. Not for use by several threads at once.
 */
final class WorldDriver {

    /** Children before parents. */
    private static final Map<String, @Nullable Object> NO_LIMITS = GuardLimits.of(
                    Guard.WITH_THRESHOLD.stream().collect(toMap(guard -> guard, guard -> new Threshold.None())),
                    Map.of(),
                    Map.of())
            .json();

    private static final List<String> TABLES = List.of(
            "BATCH_STEP_EXECUTION_CONTEXT",
            "BATCH_STEP_EXECUTION",
            "BATCH_JOB_EXECUTION_CONTEXT",
            "BATCH_JOB_EXECUTION_PARAMS",
            "BATCH_JOB_EXECUTION",
            "BATCH_JOB_INSTANCE",
            "segment_entries",
            "segment",
            "intent",
            "recon_run",
            "run_lease",
            "link");

    private final JdbcTemplate jdbc;
    private final Engine engine;
    private final JobOperator operator;
    private final UnaryOperator<Map<String, String>> rewriting;
    private final UnaryOperator<ObjectSet> placing;
    private final Map<String, ObjectSet> targets = new HashMap<>();
    private WorldSource source = new WorldSource(List.of());
    private int runs;
    private String last = "";

    /** @param scripts are not closed with the driver */
    WorldDriver(PlatformDatabase database, Scripts scripts) {
        this(database, scripts, UnaryOperator.identity(), UnaryOperator.identity());
    }

    /**
     * @param rewriting what is done to the definitions of a world before they are loaded
     * @param placing what is done to the target set before the engine has it
     */
    WorldDriver(
            PlatformDatabase database,
            Scripts scripts,
            UnaryOperator<Map<String, String>> rewriting,
            UnaryOperator<ObjectSet> placing) {
        this.rewriting = rewriting;
        this.placing = placing;
        jdbc = database.jdbc();
        ManagedStore store = new ManagedStore(database.dataSource());
        WorldFiles.types().forEach(type -> targets.put("managed/" + type.name(), store.open(type)));
        JobRepository repository = repository(database);
        operator = operator(repository);
        engine = new Engine(
                jdbc,
                database.transaction(),
                repository,
                new Runs(jdbc),
                new Leases(jdbc, database.transaction()),
                new LedgerReader(jdbc),
                scripts,
                definitions -> new Sets(),
                1,
                1,
                Patience.USUAL);
    }

    private Engine engine(Settings settings) {
        return new Engine(
                engine.jdbc(),
                engine.transaction(),
                engine.repository(),
                engine.runs(),
                engine.leases(),
                engine.reader(),
                engine.scripts(),
                engine.objectSets(),
                engine.smallestPartition(),
                settings.fewestPresumed(),
                engine.patience());
    }

    private static JobRepository repository(PlatformDatabase database) {
        JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
        factory.setDataSource(database.dataSource());
        factory.setTransactionManager(database.transactionManager());
        factory.setIsolationLevelForCreate("ISOLATION_READ_COMMITTED");
        factory.setIncrementerFactory(new ExecutionIds());
        try {
            factory.afterPropertiesSet();
            return factory.getObject();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JobOperator operator(JobRepository repository) {
        TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
        operator.setJobRepository(repository);
        operator.setJobRegistry(new MapJobRegistry());
        operator.setTaskExecutor(new SyncTaskExecutor());
        try {
            operator.afterPropertiesSet();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return operator;
    }

    /** The world's own source, and the target tables. */
    private final class Sets implements ObjectSets {

        @Override
        public ObjectSet open(String path) {
            return path.equals(WorldFiles.SOURCE) ? source : placing.apply(Objects.requireNonNull(targets.get(path)));
        }

        @Override
        public void close() {}
    }

    // Before a run

    /** Empties the database and puts in the world's targets and links. */
    void load(World world) {
        TABLES.forEach(table -> jdbc.update("delete from " + table));
        targets.values().forEach(WorldDriver::empty);
        target(world)
                .write(world.targets().entrySet().stream()
                        .map(target -> (Write) new Write.Create(target.getKey(), new TreeMap<>(target.getValue())))
                        .toList());
        jdbc.batchUpdate(
                "insert into link (first_key, link_type, qualifier, second_key, first_id, second_id, revision)"
                        + " values (?, ?, ?, ?, ?, ?, 0)",
                world.links().stream().map(link -> row(world, link)).toList());
    }

    private static void empty(ObjectSet target) {
        target.write(resources(target)
                .map(resource -> (Write) new Write.Delete(resource.id(), null))
                .toList());
    }

    private static Stream<Resource> resources(ObjectSet target) {
        return target.scan(KeyRange.ALL, null, 10_000, null).items().stream()
                .map(item -> ((Page.Item.Found) item).resource());
    }

    private ObjectSet target(World world) {
        return Objects.requireNonNull(targets.get("managed/" + WorldFiles.type(world.unique())));
    }

    private static Object[] row(World world, Link link) {
        return new Object[] {
            CompareKey.of(link.source(), world.flags().sourceIdsCaseSensitive()).bytes(),
            link.type(),
            link.qualifier(),
            CompareKey.of(link.target(), world.flags().targetIdsCaseSensitive()).bytes(),
            link.source(),
            link.target()
        };
    }

    // The run

    /**
     * Does one run on what the database holds, and reports it.
     *
     * @throws BrokenRun when it did not come to its end
     */
    Report run(World world, World.Run asked, Settings settings) {
        return run(world, settings, (id, mapping, closure) -> newRun(id, asked, mapping, closure));
    }

    /** Applies the run that was done last, which only looked. */
    Report apply(World world, Settings settings) {
        String plan = last;
        return run(
                world,
                settings,
                (id, mapping, closure) -> newRun(
                        id, mapping, RunKind.APPLY, false, Map.of("plan", plan, Guards.PARAMETER, NO_LIMITS), closure));
    }

    private interface Asked {
        Runs.NewRun run(String id, Mapping mapping, Closure closure);
    }

    private Report run(World world, Settings settings, Asked asked) {
        Map<String, String> texts = rewriting.apply(WorldFiles.of(world, settings));
        Definitions definitions = DefinitionLoader.load(Sources.of(texts));
        Mapping mapping = definitions.mappings().get(World.LINK_TYPE);
        if (mapping == null || definitions.hasErrors()) {
            throw new BrokenRun("The definitions have faults: " + definitions.faults() + "\n" + texts, null);
        }
        source = new WorldSource(world.sources());
        Map<String, Map<String, String>> before = targets(world);
        String id = "run-" + ++runs + "-" + UUID.randomUUID();
        last = id;
        Lease lease =
                engine.leases().acquire(mapping.linkOwner(), id, "test:1", Duration.ofMinutes(10), holder -> false);
        try {
            Run run = engine.runs().create(asked.run(id, mapping, definitions.closureOf(mapping.name())));
            boolean refused = isRefused(run, definitions, mapping, lease, settings);
            return report(world, id, refused, before);
        } finally {
            engine.leases().release(lease);
        }
    }

    /** What an analysis reports: entries by phase. Of these source ids, or of everything when there are none. */
    Map<Phase, List<Entry>> analysed(World world, Settings settings, List<String> ids) {
        Definitions definitions = DefinitionLoader.load(Sources.of(WorldFiles.of(world, settings)));
        Mapping mapping = Objects.requireNonNull(definitions.mappings().get(World.LINK_TYPE));
        source = new WorldSource(world.sources());
        String id = "run-" + ++runs + "-" + UUID.randomUUID();
        Closure closure = definitions.closureOf(mapping.name());
        Lease lease =
                engine.leases().acquire(mapping.linkOwner(), id, "test:1", Duration.ofMinutes(10), holder -> false);
        try {
            Run run = engine.runs()
                    .create(new Runs.NewRun(
                            id,
                            mapping.name(),
                            mapping.linkOwner(),
                            ids.isEmpty() ? RunKind.FULL : RunKind.SINGLE,
                            true,
                            ids.isEmpty() ? Map.of() : Map.of("ids", ids),
                            closure.texts(),
                            closure.hash(),
                            id.hashCode(),
                            Instant.EPOCH));
            isRefused(run, definitions, mapping, lease, settings);
        } finally {
            engine.leases().release(lease);
        }
        Map<Phase, List<Entry>> entries = new EnumMap<>(Phase.class);
        for (SegmentId segment : engine.reader().segments(id, counts -> true)) {
            entries.computeIfAbsent(segment.phase(), phase -> new ArrayList<>())
                    .addAll(engine.reader().entries(id, segment));
        }
        return entries;
    }

    /** The id of the run that was done last. */
    String last() {
        return last;
    }

    /**
     * Takes a run back, or looks what that would do.
     *
     * @return the entries of the undo, in their order
     * @throws BrokenRun when it did not come to its end
     */
    List<Entry> undo(World world, Settings settings, String undone, boolean analyze) {
        Definitions definitions = DefinitionLoader.load(Sources.of(rewriting.apply(WorldFiles.of(world, settings))));
        Mapping mapping = Objects.requireNonNull(definitions.mappings().get(World.LINK_TYPE));
        String id = "undo-" + ++runs + "-" + UUID.randomUUID();
        last = id;
        Closure closure = definitions.closureOf(mapping.name());
        Lease lease =
                engine.leases().acquire(mapping.linkOwner(), id, "test:1", Duration.ofMinutes(10), holder -> false);
        try {
            Run run = engine.runs()
                    .create(new Runs.NewRun(
                            id,
                            mapping.name(),
                            mapping.linkOwner(),
                            RunKind.UNDO,
                            analyze,
                            Map.of("undo", undone),
                            closure.texts(),
                            closure.hash(),
                            id.hashCode(),
                            Instant.EPOCH));
            isRefused(run, definitions, mapping, lease, settings);
        } finally {
            engine.leases().release(lease);
        }
        return entries(id);
    }

    /** The entries of a run, in their order. */
    List<Entry> entries(String run) {
        return engine.reader().segments(run, counts -> true).stream()
                .flatMap(segment -> engine.reader().entries(run, segment).stream())
                .toList();
    }

    /** What a run did, by what it counted. */
    Map<Measure, Long> effects(String run) {
        Counts counts = engine.reader().counts(run, null);
        Map<Measure, Long> effects = new EnumMap<>(Measure.class);
        for (Measure effect : List.of(
                Measure.CREATED,
                Measure.UPDATED,
                Measure.DELETED,
                Measure.LINKS_CREATED,
                Measure.LINKS_REPOINTED,
                Measure.LINKS_REMOVED)) {
            effects.put(effect, counts.get(effect));
        }
        return effects;
    }

    /** How many records of the last run had targets that were presumed to be as they should be. */
    long presumed() {
        return engine.reader().counts(last, null).get(Measure.PRESUMED);
    }

    /** What would be decided about one record now. */
    Explanation explain(World world, Settings settings, Explanation.Subject subject) {
        Definitions definitions = DefinitionLoader.load(Sources.of(WorldFiles.of(world, settings)));
        source = new WorldSource(world.sources());
        return engine.explain(
                definitions, Objects.requireNonNull(definitions.mappings().get(World.LINK_TYPE)), subject, false);
    }

    private static Runs.NewRun newRun(String id, World.Run asked, Mapping mapping, Closure closure) {
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        RunKind kind = switch (asked.kind()) {
            case World.Run.Kind.Full _ -> RunKind.FULL;
            case World.Run.Kind.Single(String sourceId) -> {
                parameters.put("ids", List.of(sourceId));
                yield RunKind.SINGLE;
            }
            case World.Run.Kind.Where(Match source, Match target, boolean runTargetPhase) -> {
                parameters.put("where", WorldScripts.filter(source));
                if (target != null) {
                    parameters.put("targetWhere", WorldScripts.filter(target));
                }
                parameters.put("runTargetPhase", runTargetPhase);
                yield RunKind.FILTER;
            }
        };
        // The reference model knows no guards but that for an empty source.
        parameters.put(Guards.PARAMETER, NO_LIMITS);
        return newRun(id, mapping, kind, asked.analyze(), parameters, closure);
    }

    private static Runs.NewRun newRun(
            String id,
            Mapping mapping,
            RunKind kind,
            boolean analysis,
            Map<String, @Nullable Object> parameters,
            Closure closure) {
        return new Runs.NewRun(
                id,
                mapping.name(),
                mapping.linkOwner(),
                kind,
                analysis,
                parameters,
                closure.texts(),
                closure.hash(),
                id.hashCode(),
                Instant.EPOCH);
    }

    private boolean isRefused(Run run, Definitions definitions, Mapping mapping, Lease lease, Settings settings) {
        try (PreparedRun prepared =
                engine(settings).prepare(run, definitions, mapping, lease, Path.of("unused"), RunListener.NONE)) {
            JobExecution execution = operator.start(
                    prepared.job(),
                    new JobParametersBuilder().addString("run", run.id()).toJobParameters());
            if (execution.getStatus() == BatchStatus.COMPLETED) {
                return false;
            }
            Throwable cause =
                    execution.getAllFailureExceptions().stream().findFirst().orElse(null);
            for (Throwable t = cause; t != null; t = t.getCause()) {
                if (t instanceof GuardTripped) {
                    return true;
                }
            }
            throw new BrokenRun("The run ended as " + execution.getStatus() + ".", cause);
        } catch (JobExecutionException e) {
            throw new BrokenRun("The job did not start.", e);
        }
    }

    /** A run that did not come to its end. */
    static final class BrokenRun extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BrokenRun(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    // After the run

    private Report report(World world, String id, boolean refused, Map<String, Map<String, String>> before) {
        List<Told> told = told(id);
        Map<String, Map<String, String>> after = targets(world);
        Map<String, String> names = new HashMap<>();
        for (Told op : told) {
            Entry entry = op.last();
            if (entry.action() == Action.CREATE
                    && entry.targetId() != null
                    && !before.containsKey(entry.targetId())
                    && isGenerated(entry.targetId())) {
                names.putIfAbsent(entry.targetId(), "new1:" + entry.sourceId() + "/" + entry.qualifier());
            }
        }
        Map<String, Map<String, String>> named = new TreeMap<>();
        after.forEach((target, attributes) -> named.put(names.getOrDefault(target, target), attributes));
        return new Report(
                refused,
                told.stream().map(op -> op.line(names)).toList(),
                Report.counts(engine.reader().counts(id, null)),
                named,
                Report.sorted(links().stream()
                        .map(link -> new Link(
                                link.type(),
                                link.qualifier(),
                                link.source(),
                                names.getOrDefault(link.target(), link.target())))
                        .toList()));
    }

    private static boolean isGenerated(String id) {
        return id.length() == 36 && id.charAt(8) == '-';
    }

    /** What the ledger says of an op: as its phase left it, and, if it was planned then, as the deletes step did. */
    private record Told(Phase phase, Entry last) {

        private Report.Line line(Map<String, String> names) {
            String target = last.targetId();
            return new Report.Line(
                    phase == Phase.LINKS ? "LINK" : phase.name(),
                    last.sourceId(),
                    target == null ? null : names.getOrDefault(target, target),
                    last.qualifier().isEmpty() ? null : last.qualifier(),
                    last.situation() == null ? null : last.situation().name(),
                    last.action() == null ? null : last.action().name(),
                    last.outcome().name(),
                    last.candidateIds().stream()
                            .map(id -> names.getOrDefault(id, id))
                            .sorted()
                            .toList());
        }
    }

    private List<Told> told(String run) {
        Map<String, Deque<Entry>> done = new HashMap<>();
        List<SegmentId> segments = engine.reader().segments(run, counts -> true);
        for (SegmentId segment : segments) {
            if (segment.phase() == Phase.DELETES) {
                done.computeIfAbsent(lastKey(run, segment), key -> new ArrayDeque<>())
                        .addAll(engine.reader().entries(run, segment));
            }
        }
        List<Told> told = new ArrayList<>();
        for (SegmentId segment : segments) {
            if (segment.phase() != Phase.DELETES) {
                for (Entry entry : engine.reader().entries(run, segment)) {
                    boolean planned = entry.outcome() == Outcome.PLANNED;
                    Entry last = planned ? outcome(entry, segment, done) : entry;
                    if (!planned || last.outcome() != Outcome.SUCCESS || !isSilent(last)) {
                        told.add(new Told(segment.phase(), last));
                    }
                }
            }
        }
        done.forEach((stop, left) -> left.forEach(entry -> told.add(new Told(Phase.DELETES, entry))));
        return told;
    }

    /** What has a line only because it was planned as something else. */
    private static boolean isSilent(Entry entry) {
        return entry.action() == Action.ASYNC || entry.action() == Action.NOREPORT;
    }

    /** The deletes step says in its key which segment it works on, and takes the planned ops of it in their order. */
    private static Entry outcome(Entry entry, SegmentId segment, Map<String, Deque<Entry>> done) {
        String pass = entry.action() != null && entry.action().isPlanned() ? "DELETES" : "SECOND_TRIES";
        Deque<Entry> left = done.getOrDefault(
                pass + "/" + segment.phase() + "/" + segment.partition() + "/" + segment.number(), new ArrayDeque<>());
        return left.isEmpty() ? entry : left.removeFirst();
    }

    private String lastKey(String run, SegmentId segment) {
        return String.valueOf(jdbc.queryForObject(
                "select last_key from segment where run_id = ? and phase = ? and partition_no = ? and segment_no = ?",
                String.class,
                run,
                segment.phase().name(),
                segment.partition(),
                segment.number()));
    }

    /** What the ledger says of the run that was done last. */
    Account account() {
        return Account.of(engine.reader(), engine.runs().find(last).orElseThrow());
    }

    // What the database holds

    /** The targets and links, with the ids they really have. */
    Holdings holdings(World world) {
        Definitions definitions = DefinitionLoader.load(Sources.of(WorldFiles.of(world, new Settings(1, 0))));
        Mapping mapping = Objects.requireNonNull(definitions.mappings().get(World.LINK_TYPE));
        // Also the links that a mapping without linking does not look at.
        return new Holdings(
                Holdings.of(target(world), engine.links(mapping)).targets(),
                links().stream()
                        .filter(link -> link.type().equals(World.LINK_TYPE))
                        .map(link -> new Holdings.LinkRow(link.qualifier(), link.source(), link.target(), -1))
                        .toList());
    }

    /** The targets as they are, with the ids they really have. */
    Map<String, Map<String, String>> targets(World world) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        resources(target(world)).forEach(resource -> {
            Map<String, String> attributes = new TreeMap<>();
            resource.content().forEach((name, value) -> {
                if (value != null) {
                    attributes.put(name, String.valueOf(value));
                }
            });
            all.put(resource.id(), attributes);
        });
        return all;
    }

    /** How many rows each table of links, runs and jobs has. */
    Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        TABLES.forEach(table -> rows.put(
                table, Objects.requireNonNull(jdbc.queryForObject("select count(*) from " + table, Long.class))));
        return rows;
    }

    /** The links as they are, in the order of the stored keys. */
    List<Link> links() {
        return jdbc.query(
                "select * from link order by first_key, qualifier",
                (row, n) -> new Link(
                        row.getString("link_type"),
                        row.getString("qualifier"),
                        row.getString("first_id"),
                        row.getString("second_id")));
    }
}
