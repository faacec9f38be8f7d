package dev.concord.mapping;

import dev.concord.mapping.Mapping.Display;
import dev.concord.mapping.Mapping.Retention;
import dev.concord.record.Pointer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes mappings of what is written: fills in every default and finds every fault. */
final class MappingReader {

    private static final int MOST_TASK_THREADS = 512;
    private static final int LARGEST_PAGE = 100_000;
    private static final int MOST_KEPT = 100_000;
    private static final int DISPLAYED = 3;

    private final Sources sources;
    private final Map<String, String> texts;
    private final KnownObjectSets objectSets;
    private final LinkRules linkRules;
    private final Set<String> names;
    private final boolean alone;

    /**
     * @param texts where the texts of script files are put
     * @param drafts all mappings there are
     */
    MappingReader(
            Sources sources, Map<String, String> texts, KnownObjectSets objectSets, Collection<MappingDraft> drafts) {
        this(sources, texts, objectSets, drafts, false);
    }

    /** Reads mappings by themselves: what they name may be defined elsewhere. */
    static MappingReader alone(Sources sources) {
        return new MappingReader(sources, new HashMap<>(), new KnownObjectSets(), List.of(), true);
    }

    private MappingReader(
            Sources sources,
            Map<String, String> texts,
            KnownObjectSets objectSets,
            Collection<MappingDraft> drafts,
            boolean alone) {
        this.alone = alone;
        this.sources = sources;
        this.texts = texts;
        this.objectSets = objectSets;
        this.linkRules = new LinkRules(drafts);
        this.names = drafts.stream()
                .map(MappingDraft::name)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The mapping, or null when it has errors; they are in the draft's log. */
    @Nullable
    Mapping read(MappingDraft draft) {
        Fields fields = draft.fields();
        FaultLog log = draft.log();
        ScriptReader scripts = new ScriptReader(sources, texts, log);
        ConditionReader conditions = new ConditionReader(scripts, log);
        QueryReader queries = new QueryReader(conditions, log);
        RowReader rowReader = new RowReader(scripts, conditions, log);

        if (!alone) {
            objectSets.check(draft.source(), draft.at("source"), log);
            objectSets.check(draft.target(), draft.at("target"), log);
        }
        LinkRules.Links links = alone ? LinkRules.own(draft) : linkRules.of(draft);
        LinkQualifiers qualifiers = linkQualifiers(fields, scripts);
        List<PropertyRow> rows = rowReader.read(fields.elements("properties", "a list of rows"));
        List<Rule> rules =
                new RuleReader(scripts, conditions, log).read(fields.elements("policies", "a list of rules"));
        Map<String, Correlation> correlations =
                new CorrelationReader(scripts, qualifiers, rowReader.targets(), log).read(fields);
        Query sourceQuery =
                queries.read(fields.get("sourceQuery"), fields.texts("defaultSourceFields"), draft.source());
        Query targetQuery =
                queries.read(fields.get("targetQuery"), fields.texts("defaultTargetFields"), draft.target());
        ScriptSource validSource = scripts.read(fields.get("validSource"));
        ScriptSource validTarget = scripts.read(fields.get("validTarget"));
        Condition sourceCondition = conditions.read(fields.get("sourceCondition"), ConditionReader.Scope.SOURCE);
        Map<Hook, ScriptSource> hooks = hooks(fields, scripts);
        List<Display> display = displayAttributes(fields, rows);
        Map<Guard, Threshold> thresholds = ThresholdReader.read(fields.object("thresholds", Shape.THRESHOLDS));
        RetryFailed retryFailed = RetryReader.read(fields.object("retryFailed", Shape.RETRY_FAILED));
        Performance performance = performance(fields);
        Retention retention = retention(fields);
        boolean persistAssociations = persistAssociations(fields);
        List<String> syncAfter = syncAfter(fields);
        boolean enableSync = fields.flag("enableSync", true);
        boolean runTargetPhase = fields.flag("runTargetPhase", true);
        boolean allowEmptySourceSet = fields.flag("allowEmptySourceSet", false);
        boolean correlateEmptyTargetSet = fields.flag("correlateEmptyTargetSet", false);
        for (String hint : List.of(
                "sourceQueryFullEntry", "targetQueryFullEntry", "reconSourceQueryPaging", "reconTargetQueryPaging")) {
            fields.flag(hint);
        }

        if (log.hasErrors() || draft.name() == null || draft.source() == null || draft.target() == null) {
            return null;
        }
        Mapping mapping = new Mapping(
                draft.name(),
                draft.source(),
                draft.target(),
                links.owner(),
                links.reversed(),
                draft.enableLinking(),
                enableSync,
                List.copyOf(display),
                qualifiers,
                links.sourceIdsCaseSensitive(),
                links.targetIdsCaseSensitive(),
                sourceQuery,
                targetQuery,
                validSource,
                validTarget,
                sourceCondition,
                Collections.unmodifiableMap(correlations),
                List.copyOf(rows),
                List.copyOf(rules),
                Collections.unmodifiableMap(log.spelling().defaultActions()),
                Collections.unmodifiableMap(hooks),
                runTargetPhase,
                allowEmptySourceSet,
                correlateEmptyTargetSet,
                persistAssociations,
                performance,
                retention,
                Collections.unmodifiableMap(thresholds),
                retryFailed,
                syncAfter,
                Collections.unmodifiableMap(log.unknownBelow(fields.node().at())),
                fields.node().place());
        BuiltInRoles.warn(draft, mapping);
        return mapping;
    }

    private static LinkQualifiers linkQualifiers(Fields fields, ScriptReader scripts) {
        Node node = fields.get("linkQualifiers");
        if (node == null) {
            return LinkQualifiers.DEFAULT;
        }
        if (!(node instanceof Node.Elements)) {
            ScriptSource script = scripts.read(node);
            return script == null ? LinkQualifiers.DEFAULT : new LinkQualifiers.Scripted(script);
        }
        Set<String> names = new LinkedHashSet<>();
        for (String name : fields.texts("linkQualifiers")) {
            Names.checkPlain(node, name, "a link qualifier", fields.log());
            if (!names.add(name)) {
                fields.log().error(node, "the link qualifier " + Quote.text(name) + " is there twice; remove one");
            }
        }
        if (names.isEmpty() && node.size() == 1) {
            fields.log().error(node, "an empty list; at least one link qualifier is required (or remove the key)");
        }
        return names.isEmpty() ? LinkQualifiers.DEFAULT : new LinkQualifiers.Fixed(List.copyOf(names));
    }

    private static Map<Hook, ScriptSource> hooks(Fields fields, ScriptReader scripts) {
        Map<Hook, ScriptSource> hooks = new EnumMap<>(Hook.class);
        for (Hook hook : Hook.values()) {
            ScriptSource script = scripts.read(fields.get(hook.key()));
            if (script != null) {
                hooks.put(hook, script);
            }
        }
        Node defaultMapping = fields.get("defaultMapping");
        ScriptSource script = scripts.read(defaultMapping);
        if (defaultMapping != null && script != null && hooks.putIfAbsent(Hook.ON_MAPPING, script) != null) {
            fields.log().error(defaultMapping, "defaultMapping and onMapping mean the same; keep one");
        }
        return hooks;
    }

    private static List<Display> displayAttributes(Fields fields, List<PropertyRow> rows) {
        Node written = fields.get("displayAttributes");
        if (written == null) {
            return rows.stream()
                    .filter(row -> row.source() != null && !row.source().isWhole())
                    .map(row -> new Display(row.source(), row.target()))
                    .limit(DISPLAYED)
                    .toList();
        }
        List<Display> display = new ArrayList<>();
        for (Node element : fields.elements(written, "a list of attribute names")) {
            if (element instanceof Node.Members) {
                Fields sides = Objects.requireNonNull(Fields.of(element, Shape.DISPLAY, fields.log()));
                String source = sides.text("source");
                String target = sides.text("target");
                if (source == null && target == null) {
                    fields.log().error(element, "one of the keys source and target is required");
                }
                display.add(new Display(
                        source == null ? null : Pointer.of(source), target == null ? null : Pointer.of(target)));
                continue;
            }
            String name = Fields.text(element, fields.log());
            if (name != null) {
                display.add(display(Pointer.of(name), rows));
            }
        }
        return display;
    }

    /**
     * A name stands for the row that has it as its target, else for the row that has it as its source, else for itself.
     */
    private static Display display(Pointer name, List<PropertyRow> rows) {
        for (PropertyRow row : rows) {
            if (row.target().equals(name)) {
                return new Display(row.source(), name);
            }
        }
        for (PropertyRow row : rows) {
            if (name.equals(row.source())) {
                return new Display(name, row.target());
            }
        }
        return new Display(name, name);
    }

    private static Performance performance(Fields fields) {
        int pageSize = 0;
        for (String key : List.of("feedSize", "reconSourceQueryPageSize", "reconTargetQueryPageSize")) {
            int size = pageSize(fields, key);
            pageSize = pageSize == 0 && !key.equals("reconTargetQueryPageSize") ? size : pageSize;
        }
        int threads = fields.number("taskThreads", -1, 0, MOST_TASK_THREADS);
        return new Performance(
                threads < 0 ? OptionalInt.empty() : OptionalInt.of(threads),
                pageSize,
                fields.flag("prefetchLinks", true),
                fields.flag("clusteredSourceReconEnabled", false));
    }

    /** The size, or 0 when none is written that can be used. */
    private static int pageSize(Fields fields, String key) {
        Node node = fields.get(key);
        if (node instanceof Node.Leaf leaf
                && leaf.value() instanceof Integer size
                && size <= 0
                && fields.log().spelling() == Spelling.PING_IDM) {
            fields.log().warning(node, size + " is no page size; what suits the records is used");
            return 0;
        }
        return fields.number(key, 0, 1, LARGEST_PAGE);
    }

    private static Retention retention(Fields fields) {
        Fields kept = fields.object("reconAssociation", Shape.RECON_ASSOCIATION);
        return kept == null
                ? Retention.USUAL
                : new Retention(
                        kept.number("maxNonAnalysisRunsPerMapping", Retention.USUAL.runs(), 0, MOST_KEPT),
                        kept.number("maxAnalysisRunsPerMapping", Retention.USUAL.analyses(), 0, MOST_KEPT));
    }

    private static boolean persistAssociations(Fields fields) {
        Fields recon = fields.object("recon", Shape.RECON);
        boolean inner = recon != null && recon.flag("persistAssociations", false);
        return fields.flag("persistAssociations", inner);
    }

    /** An order, not a need: a name that is unknown, as others are in the closure of a run, is no error. */
    private List<String> syncAfter(Fields fields) {
        List<String> before = fields.texts("syncAfter");
        for (String name : before) {
            Node node = fields.get("syncAfter");
            if (node != null && !alone && !names.contains(name)) {
                fields.log().warning(node, Quote.text(name) + " is no mapping" + Suggestion.tail("known", name, names));
            }
        }
        return List.copyOf(before);
    }
}
