package dev.concord.mapping;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** The kinds of objects that stand in definition files, with the keys each of them may have. */
enum Shape {
    MAPPING(
            "name",
            "source",
            "target",
            "links",
            "enableLinking",
            "enableSync",
            "displayAttributes",
            "linkQualifiers",
            "sourceIdsCaseSensitive",
            "targetIdsCaseSensitive",
            "sourceQuery",
            "targetQuery",
            "sourceQueryFullEntry",
            "targetQueryFullEntry",
            "defaultSourceFields",
            "defaultTargetFields",
            "validSource",
            "validTarget",
            "sourceCondition",
            "correlation",
            "correlationQuery",
            "correlationScript",
            "properties",
            "policies",
            "onCreate",
            "onUpdate",
            "onDelete",
            "onLink",
            "onUnlink",
            "onError",
            "onMapping",
            "defaultMapping",
            "postMapping",
            "result",
            "onRecon",
            "runTargetPhase",
            "allowEmptySourceSet",
            "correlateEmptyTargetSet",
            "prefetchLinks",
            "taskThreads",
            "feedSize",
            "reconSourceQueryPageSize",
            "reconTargetQueryPageSize",
            "reconSourceQueryPaging",
            "reconTargetQueryPaging",
            "clusteredSourceReconEnabled",
            "persistAssociations",
            "recon",
            "reconAssociation",
            "syncAfter",
            "queuedSync",
            "triggerSyncProperties",
            "optimizeAssignmentSync",
            "thresholds",
            "retryFailed"),
    PROPERTY_ROW("target", "source", "transform", "condition", "default"),
    RULE("situation", "action", "condition", "postAction"),
    QUERY("_queryFilter", "_queryId", "_fields", "_sortKeys", "resourceName"),
    CORRELATION("any", "all", "linkQualifier", "normalize"),
    CORRELATION_NODE("any", "all"),
    EXPRESSION_TREE("expressionTree", "linkQualifier", "mapping", "type", "file"),
    DISPLAY("source", "target"),
    RECON("persistAssociations"),
    RECON_ASSOCIATION("maxNonAnalysisRunsPerMapping", "maxAnalysisRunsPerMapping"),
    THRESHOLDS("deletes", "unlinks", "updates", "creates", "failures", "sourceShrink"),
    RETRY_FAILED("attempts", "delay", "factor"),
    FILE_SYSTEM("name", "type", "objects"),
    JDBC_SYSTEM("name", "type", "url", "username", "password", "datasource", "setup", "timeouts", "objects"),
    TIMEOUTS("connect", "call"),
    CSV_OBJECTS("file", "id", "delimiter", "charset", "attributes"),
    JSON_OBJECTS("file", "id", "attributes"),
    TABLE_OBJECTS("table", "id", "revision", "attributes"),
    CSV_ATTRIBUTE("type", "multivalued", "separator", "unordered", "sensitive", "hashed", "encrypted"),
    JSON_ATTRIBUTE("type", "multivalued", "unordered", "sensitive", "hashed", "encrypted"),
    COLUMN("column", "type", "multivalued", "separator", "unordered", "sensitive", "hashed", "encrypted", "writeOnly"),
    MANAGED_TYPE("name", "attributes"),
    MANAGED_ATTRIBUTE(
            "type", "required", "unique", "indexed", "multivalued", "unordered", "sensitive", "hashed", "encrypted"),
    KEY("name", "secret"),
    SCHEDULE(
            "name",
            "enabled",
            "persisted",
            "type",
            "schedule",
            "repeatInterval",
            "repeatCount",
            "startTime",
            "endTime",
            "timeZone",
            "misfirePolicy",
            "concurrentExecution",
            "recoverable",
            "invokeService",
            "invokeContext"),
    INVOKE_CONTEXT("action", "mapping"),
    WEBHOOK("name", "url", "secret", "events", "mappings");

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable; a set that keeps its order has no immutable type
    private final Set<String> keys;

    Shape(String... keys) {
        this.keys = Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(keys)));
    }

    /** The keys, in the order in which people read them. */
    Set<String> keys() {
        return keys;
    }
}
