package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Pointer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PingIdmFilesTest {

    private static final Map<String, String> GOOD = Corpus.good();
    private static final String MAPPING =
            "{\"name\": \"ping\", \"source\": \"managed/alpha_user\", \"target\": \"system/hr/employee\"}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sync.json                  | {"mappings": [%s]}
            sync-of-last-year.json     | {"mappings": [%s]}
            mapping-ping.json          | %s
            mapping/ping.json          | %s
            realm.mapping.json         | {"meta": {}, "mapping": {"mapping/ping": %s}, "sync": {"id": "sync", "mappings": []}}
            all.sync.json              | {"meta": {}, "sync": {"_id": "sync", "mappings": [%s]}}
            export.json                | {"idm": {"mapping/ping": %s, "managed": {}}}
            export-2.json              | {"idm": {"sync": {"mappings": [%s]}}}
            """)
    void everyKindOfFileIsUnderstoodAndHasTheDefaultsOfPingIdm(String file, String text) {
        Mapping mapping = Corpus.load(Corpus.with(GOOD, file, text.formatted(MAPPING)))
                .mappings()
                .get("ping");

        assertThat(mapping.defaultActions()).isEqualTo(Mapping.engineDefaults());
        assertThat(mapping.place().file()).isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource({"mapping-ping.json", "mapping/ping.json", "ping.mapping.json"})
    void theNameMayStandInTheFileNameOnly(String file) {
        String text = "{\"source\": \"managed/alpha_user\", \"target\": \"system/hr/employee\"}";

        assertThat(Corpus.load(Corpus.with(GOOD, file, text)).mappings()).containsKey("ping");
    }

    @Test
    void theNameMayStandInTheIdOnly() {
        String text =
                "{\"_id\": \"mapping/ping\", \"source\": \"managed/alpha_user\", \"target\": \"system/hr/employee\"}";

        assertThat(Corpus.load(Corpus.with(GOOD, "export.json", text)).mappings())
                .containsKey("ping");
    }

    @Test
    void aJsonFileThatIsNothingOfPingIdmsIsNative() {
        assertThat(Corpus.load(Corpus.with(GOOD, "ping.json", MAPPING))
                        .mappings()
                        .get("ping")
                        .defaultActions())
                .isEqualTo(Mapping.everySituation(Action.ASYNC));
    }

    @Test
    void oneBrokenMappingOfAFileLeavesTheOthers() {
        String text = """
                {"mappings": [
                  {"name": "one", "source": "managed/alpha_user", "target": "system/hr/employee",
                   "validSource": {"type": "groovy", "source": "source.x"}},
                  {"name": "two", "source": "managed/alpha_user", "target": "system/hr/employee", "links": "one"}]}
                """;
        Definitions definitions = Corpus.load(Corpus.with(GOOD, "sync.json", text));

        assertThat(definitions.mappings()).doesNotContainKey("one").containsKey("two");
        assertThat(definitions.errorsOf("sync.json").stream().map(Faults::print))
                .containsExactly(
                        "jobs/sync.json:3 /mappings/0/validSource/type  Groovy scripts are not run; write it in JavaScript (type: text/javascript)");
    }

    @Test
    void spellingsOfRealFilesAreRead() {
        String text = """
                {"_id": "sync", "mappings": [{
                  "_id": "mapping/ping", "name": "ping", "source": "managed/alpha_user", "target": "system/hr/employee",
                  "displayName": "Ping", "icon": null, "consentRequired": false,
                  "linkQualifiers": {"type": "text/javascript", "source": "['default', 'admin']"},
                  "correlationQuery": [
                    {"linkQualifier": "default", "type": "text/javascript", "mapping": "ping",
                     "file": "ui/correlateTreeToQueryFilter.js", "expressionTree": {"any": ["mail", "sn"]}},
                    {"linkQualifier": "admin", "type": "text/javascript", "source": "({_queryFilter: 'true'})"}],
                  "validSource": {"type": "text/javascript", "globals": {"limit": 1}, "source": "true"},
                  "onCreate": {"type": "text/javascript", "file": "note.js"},
                  "sourceCondition": "/source/mail pr",
                  "properties": [{"target": "mail", "source": "mail", "condition": "mail pr", "referencedObjectType": null},
                                 {"target": "name", "source": "", "transform": {"type": "text/javascript", "source": "source.sn"}}],
                  "policies": [{"situation": "ABSENT", "action": {"type": "text/javascript", "source": "'CREATE'"}}],
                  "sourceQuery": {"_queryId": "query-all-ids"}, "reconSourceQueryPageSize": -1}]}
                """;
        Definitions definitions = Corpus.load(Corpus.with(GOOD, "sync.json", text));
        Mapping mapping = definitions.mappings().get("ping");

        assertThat(mapping.correlation("default"))
                .isEqualTo(new Correlation.Expression(
                        new Correlation.Node.Any(List.of(
                                new Correlation.Node.Attribute(Pointer.of("mail")),
                                new Correlation.Node.Attribute(Pointer.of("sn")))),
                        List.of(),
                        new Place("sync.json", 6, "/mappings/0/correlationQuery/0")));
        assertThat(mapping.correlation("admin")).isInstanceOf(Correlation.QueryScript.class);
        assertThat(mapping.hooks().get(Hook.ON_CREATE).file()).isEqualTo("scripts/note.js");
        assertThat(mapping.performance().pageSize())
                .as("what suits the records")
                .isZero();
        assertThat(mapping.unknownKeys())
                .containsEntry("/displayName", "Ping")
                .containsEntry("/properties/0/referencedObjectType", null)
                .containsEntry("/_id", "mapping/ping");
        assertThat(Corpus.faults(Corpus.with(GOOD, "sync.json", text), "sync.json"))
                .as("slips that PingIDM lived with are warnings")
                .contains(
                        "jobs/sync.json:7 /mappings/0/correlationQuery/0/expressionTree/any/1  warning: \"sn\" has no row in properties, so there is nothing to compare it with; targets with a row: mail, name",
                        "jobs/sync.json:12 /mappings/0/properties/0/condition  warning: the pointer /mail leads nowhere; here pointers start with /object, /target, /oldSource, /oldTarget, /linkQualifier, /context (did you mean /object/mail?)")
                .noneMatch(line -> line.contains("\"_id\""));
    }

    @Test
    void scriptFilesAreLookedForWherePingIdmHasThem() {
        String text = """
                {"mappings": [{"name": "ping", "source": "managed/alpha_user", "target": "system/hr/employee",
                  "onCreate": {"type": "text/javascript", "file": "note.js"},
                  "onUpdate": {"type": "text/javascript", "file": "script/note.js"},
                  "onDelete": {"type": "text/javascript", "file": "scripts/note.js"}}]}
                """;

        assertThat(Corpus.load(Corpus.with(GOOD, "sync.json", text))
                        .mappings()
                        .get("ping")
                        .hooks()
                        .values())
                .extracting(ScriptSource::file)
                .containsOnly("scripts/note.js");
    }

    @Test
    void queriesByIdAreRefusedUnlessTheyMeanEverything() {
        String text = """
                {"mappings": [{"name": "ping", "source": "managed/alpha_user", "target": "system/hr/employee",
                  "sourceQuery": {"_queryId": "for-userName", "uid": "x"},
                  "targetQuery": {"_queryExpression": "select id from employee"}}]}
                """;

        assertThat(Corpus.errors(Corpus.with(GOOD, "sync.json", text), "sync.json"))
                .containsExactly(
                        "jobs/sync.json:2 /mappings/0/sourceQuery/_queryId  \"for-userName\" is no query; allowed: query-all, query-all-ids (or a _queryFilter instead)",
                        "jobs/sync.json:3 /mappings/0/targetQuery/_queryExpression  _queryExpression is not understood, so more than was meant would be visited; required: _queryFilter");
    }

    @Test
    void whoReliesOnPingIdmsOwnRolesIsWarned() {
        String text = """
                {"mappings": [
                  {"name": "out", "source": "managed/alpha_user", "target": "system/hr/employee",
                   "properties": [{"target": "groups", "source": "effectiveRoles"}],
                   "sourceCondition": "/source/effectiveAssignments pr",
                   "validSource": {"type": "text/javascript", "file": "roles.js"},
                   "onUpdate": {"type": "text/javascript", "source": "source.lastSync && source.lastSync.ping"}},
                  {"name": "in", "source": "system/hr/employee", "target": "managed/alpha_user",
                   "properties": [{"target": "effectiveRoles", "source": "groups"}]}]}
                """;
        Map<String, String> texts = Corpus.with(GOOD, "sync.json", text);

        assertThat(Corpus.faults(Corpus.with(texts, "scripts/roles.js", "source.mail != null"), "sync.json"))
                .containsExactly(
                        "jobs/sync.json:3 /mappings/0/properties/0/source  warning: effectiveRoles is not kept up to date here, as it is in PingIDM; what is used is what managed/alpha_user has stored under this name",
                        "jobs/sync.json:4 /mappings/0/sourceCondition  warning: effectiveAssignments is not kept up to date here, as it is in PingIDM; what is used is what managed/alpha_user has stored under this name",
                        "jobs/sync.json:6 /mappings/0/onUpdate/source  warning: lastSync is not kept up to date here, as it is in PingIDM; what is used is what managed/alpha_user has stored under this name");
        String script = "source.effectiveRoles.length > 0";
        assertThat(Corpus.faults(
                        Corpus.with(
                                Corpus.with(GOOD, "scripts/roles.js", script),
                                "sync.json",
                                text.replace("\"effectiveRoles\"", "\"roles\"")),
                        "sync.json"))
                .anyMatch(line ->
                        line.startsWith("jobs/sync.json:5 /mappings/0/validSource/file  warning: effectiveRoles"));
    }
}
