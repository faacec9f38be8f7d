package dev.concord.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.filter.Filter;
import dev.concord.filter.Normalization;
import dev.concord.mapping.AttributeDefinition.AttributeType;
import dev.concord.mapping.Mapping.Display;
import dev.concord.mapping.Mapping.Retention;
import dev.concord.record.Pointer;
import dev.concord.secret.HashAlgorithm;
import dev.concord.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is written arrives in the model, and what is not written gets its default. */
class GoodDefinitionsTest {

    private static final Map<String, String> GOOD = Corpus.good();
    private static final Definitions DEFINITIONS = Corpus.load(GOOD);

    private final Mapping full = DEFINITIONS.mappings().get("hr-to-users");
    private final Mapping bare = DEFINITIONS.mappings().get("users-to-directory");

    @Test
    void everythingIsLoadedAndNothingIsWrong() {
        assertThat(DEFINITIONS.hasErrors()).isFalse();
        assertThat(DEFINITIONS.mappings().keySet())
                .containsExactly("cards", "crm-to-users", "hr-to-users", "users-to-directory", "users-to-hr");
        assertThat(DEFINITIONS.systems().keySet()).containsExactly("badge", "crm", "directory", "hr", "vault");
        assertThat(DEFINITIONS.managedTypes().keySet()).containsExactly("alpha_group", "alpha_user", "vault");
        assertThat(DEFINITIONS.keys().keySet()).containsExactly("default", "payroll-2026");
        assertThat(DEFINITIONS.schedules().keySet()).containsExactly("crm every hour", "nightly");
        assertThat(DEFINITIONS.texts())
                .containsEntry("scripts/note.js", GOOD.get("scripts/note.js"))
                .doesNotContainKey("sql/crm.sql");
    }

    @Test
    void aMappingThatSaysLittleHasTheDefaults() {
        assertThat(bare)
                .isEqualTo(new Mapping(
                        "users-to-directory",
                        "managed/alpha_user",
                        "system/directory/entry",
                        "users-to-directory",
                        false,
                        true,
                        true,
                        List.of(),
                        new LinkQualifiers.Fixed(List.of("default")),
                        true,
                        true,
                        Query.ALL,
                        Query.ALL,
                        null,
                        null,
                        null,
                        Map.of(),
                        List.of(),
                        List.of(),
                        Mapping.everySituation(Action.ASYNC),
                        Map.of(),
                        true,
                        false,
                        false,
                        false,
                        new Performance(OptionalInt.empty(), 0, true, false),
                        new Retention(30, 5),
                        Map.of(),
                        RetryFailed.NEVER,
                        List.of(),
                        Map.of(),
                        new Place("users-to-directory.yaml", 1, "")));
    }

    @Test
    void settingsAreRead() {
        assertThat(full.enableSync()).isFalse();
        assertThat(full.linkQualifiers()).isEqualTo(new LinkQualifiers.Fixed(List.of("default", "admin")));
        assertThat(full.sourceIdsCaseSensitive()).isFalse();
        assertThat(full.targetIdsCaseSensitive()).isTrue();
        assertThat(full.runTargetPhase()).isFalse();
        assertThat(full.allowEmptySourceSet()).isTrue();
        assertThat(full.correlateEmptyTargetSet()).isTrue();
        assertThat(full.persistAssociations()).isTrue();
        assertThat(full.performance()).isEqualTo(new Performance(OptionalInt.of(0), 500, false, true));
        assertThat(full.retention()).isEqualTo(new Retention(7, 2));
        assertThat(full.syncAfter()).containsExactly("crm-to-users");
        assertThat(full.unknownKeys()).containsExactly(Map.entry("/icon", "user.svg"));
        assertThat(full.thresholds())
                .isEqualTo(Map.of(
                        Guard.DELETES, new Threshold.Count(20),
                        Guard.UNLINKS, new Threshold.Percent(5),
                        Guard.UPDATES, new Threshold.Percent(2.5),
                        Guard.CREATES, new Threshold.Percent(100),
                        Guard.FAILURES, new Threshold.Count(0),
                        Guard.SOURCE_SHRINK, new Threshold.Percent(20)));
        assertThat(full.retryFailed()).isEqualTo(new RetryFailed(4, Duration.ofSeconds(90), 1.5));
        assertThat(full.hooks().keySet()).isEqualTo(EnumSet.allOf(Hook.class));
    }

    @Test
    void queriesAreReadInBothForms() {
        assertThat(full.sourceQuery())
                .isEqualTo(new Query(
                        Filter.parse("active eq true"),
                        List.of("mail", "sn"),
                        List.of("sn", "-mail"),
                        "system/hr/employee"));
        assertThat(full.targetQuery())
                .isEqualTo(new Query(Filter.parse("userName pr"), List.of("userName"), List.of(), null));
        assertThat(DEFINITIONS.mappings().get("crm-to-users").sourceQuery()).isEqualTo(Query.ALL);
    }

    @Test
    void conditionsAreFiltersOrScripts() {
        assertThat(full.sourceCondition())
                .isEqualTo(new Condition.FilterCondition(
                        Filter.parse("/source/department eq \"sales\" or /linkQualifier eq \"admin\""),
                        new Place("hr-to-users.yaml", 21, "/sourceCondition")));
        assertThat(full.rules().get(2).condition())
                .isEqualTo(new Condition.ScriptCondition(new ScriptSource(
                        "object !== null",
                        null,
                        Map.of(),
                        new Place("hr-to-users.yaml", 42, "/policies/2/condition/script"))));
    }

    @Test
    void scriptsAreReadInEveryForm() {
        assertThat(full.validTarget())
                .isEqualTo(new ScriptSource(
                        "!target.locked", null, Map.of(), new Place("hr-to-users.yaml", 20, "/validTarget")));
        assertThat(full.validSource())
                .isEqualTo(new ScriptSource(
                        GOOD.get("scripts/valid.js"),
                        "scripts/valid.js",
                        Map.of("limit", 5),
                        new Place("hr-to-users.yaml", 18, "/validSource/file")));
        assertThat(full.properties().get(2).transform().globals()).isEqualTo(Map.of("more", List.of("a", "b")));
        assertThat(((Condition.ScriptCondition) full.properties().get(4).condition())
                        .script()
                        .globals())
                .as("an extra key goes before a global of the same name")
                .isEqualTo(Map.of("kind", "admin"));
        assertThat(full.properties().getFirst().transform().text()).isEqualTo("source.toLowerCase()\n");
        assertThat(DEFINITIONS.mappings().get("users-to-hr").linkQualifiers())
                .isInstanceOf(LinkQualifiers.Scripted.class);
        assertThat(DEFINITIONS.mappings().get("users-to-hr").hooks()).containsOnlyKeys(Hook.ON_MAPPING);
    }

    @Test
    void rowsKeepApartNoSourceAndTheWholeSource() {
        assertThat(full.properties())
                .extracting(PropertyRow::source)
                .containsExactly(Pointer.of("mail"), Pointer.of("sn"), Pointer.of("groups"), Pointer.WHOLE, null, null);
        assertThat(full.properties())
                .extracting(PropertyRow::defaultValue)
                .containsExactly(null, "nobody", null, null, 0, null);
    }

    @Test
    void rulesKeepTheirOrderAndNamesAreReadInAnyCase() {
        assertThat(full.rules())
                .extracting(Rule::situation)
                .containsExactly(
                        Situation.ABSENT, Situation.ABSENT, Situation.CONFIRMED, Situation.FOUND_ALREADY_LINKED);
        assertThat(full.rules().get(1).action()).isEqualTo(new Rule.RuleAction.Named(Action.IGNORE));
        assertThat(full.rules().get(2).action()).isInstanceOf(Rule.RuleAction.Scripted.class);
        assertThat(full.rules().getFirst().postAction().file()).isEqualTo("scripts/note.js");
    }

    @Test
    void correlationIsReadPerLinkQualifier() {
        Correlation.Node expression = new Correlation.Node.Any(List.of(
                new Correlation.Node.Attribute(Pointer.of("mail")),
                new Correlation.Node.All(List.of(
                        new Correlation.Node.Attribute(Pointer.of("userName")),
                        new Correlation.Node.Attribute(Pointer.of("roles"))))));
        assertThat(full.correlations())
                .containsOnly(Map.entry(
                        "",
                        new Correlation.Expression(
                                expression,
                                Arrays.asList(Normalization.values()),
                                new Place("hr-to-users.yaml", 22, "/correlation"))));
        Map<String, Correlation> scripted =
                DEFINITIONS.mappings().get("users-to-hr").correlations();
        assertThat(scripted.keySet()).containsExactly("default", "admin");
        assertThat(scripted.get("default")).isInstanceOf(Correlation.QueryScript.class);
        assertThat(scripted.get("admin")).isInstanceOf(Correlation.Expression.class);
        assertThat(DEFINITIONS.mappings().get("crm-to-users").correlation("default"))
                .isInstanceOf(Correlation.CandidatesScript.class);
        assertThat(bare.correlation("default")).isNull();
    }

    @Test
    void displayAttributesFollowTheRows() {
        Pointer mail = Pointer.of("mail");
        Pointer sn = Pointer.of("sn");
        assertThat(full.displayAttributes())
                .containsExactly(
                        new Display(mail, mail), new Display(sn, null), new Display(sn, Pointer.of("userName")));
        Map<String, String> texts = Corpus.with(
                GOOD,
                "hr-to-users.yaml",
                GOOD
                        .get("hr-to-users.yaml")
                        .lines()
                        .filter(line -> !line.startsWith("displayAttributes"))
                        .toList()
                        .stream()
                        .reduce("", (text, line) -> text + line + "\n"));
        assertThat(Corpus.load(texts).mappings().get("hr-to-users").displayAttributes())
                .as("without any: the first three rows with a source and a target")
                .containsExactly(
                        new Display(mail, mail),
                        new Display(sn, Pointer.of("userName")),
                        new Display(Pointer.of("groups"), Pointer.of("roles")));
    }

    @Test
    void systemsAreRead() {
        SystemDefinition.Files hr =
                (SystemDefinition.Files) DEFINITIONS.systems().get("hr");
        SystemDefinition.FileObjects employee = hr.objects().get("employee");
        assertThat(hr.format()).isEqualTo(SystemDefinition.Format.CSV);
        assertThat(employee.delimiter()).isEqualTo(';');
        assertThat(employee.charset()).isEqualTo("ISO-8859-1");
        assertThat(employee.attributes().get("groups"))
                .isEqualTo(new AttributeDefinition(
                        "groups", AttributeType.STRING, false, false, false, true, true, false, "|"));
        assertThat(employee.attributes().get("projects").separator()).isEqualTo(";");
        assertThat(employee.attributes().get("mail")).isEqualTo(AttributeDefinition.string("mail"));

        SystemDefinition.Jdbc crm =
                (SystemDefinition.Jdbc) DEFINITIONS.systems().get("crm");
        assertThat(crm.url()).isEqualTo(Secret.of("jdbc:mysql://${env:CRM_HOST}/crm"));
        assertThat(crm.password()).isEqualTo(Secret.of("${env:CRM_PASSWORD}"));
        assertThat(crm.setup()).as("seen from jobs/").isEqualTo("sql/crm.sql");
        SystemDefinition.TableObjects contact = crm.objects().get("contact");
        assertThat(contact.attributes())
                .isEqualTo(Map.of("email", "mail_address", "tags", "tag_list", "birthday", "born", "phone", "phone"));
        assertThat(contact.types().keySet()).containsExactlyInAnyOrder("tags", "birthday", "phone");
        assertThat(contact.revision()).isEqualTo("version");
        assertThat(((SystemDefinition.Jdbc) DEFINITIONS.systems().get("directory")).url())
                .isNull();
    }

    @Test
    void managedTypesAreRead() {
        ManagedType user = DEFINITIONS.managedTypes().get("alpha_user");
        assertThat(user.attributes().get("userName"))
                .isEqualTo(new AttributeDefinition(
                        "userName", AttributeType.STRING, true, true, false, false, false, false, null));
        assertThat(user.attributes().get("seen").type()).isEqualTo(AttributeType.DATETIME);
        assertThat(new ArrayList<>(user.attributes().keySet()))
                .as("in the order they were written")
                .startsWith("userName", "mail", "roles")
                .endsWith("note");
    }

    @Test
    void secretsOfAttributesAreRead() {
        Map<String, AttributeDefinition> vault =
                DEFINITIONS.managedTypes().get("vault").attributes();
        assertThat(vault.get("password").secrecy()).isEqualTo(new Secrecy.Hashed(HashAlgorithm.BCRYPT));
        assertThat(vault.get("pin").secrecy()).isEqualTo(new Secrecy.Hashed(HashAlgorithm.PBKDF2));
        assertThat(vault.get("ssn").secrecy()).isEqualTo(new Secrecy.Encrypted("default"));
        assertThat(vault.get("salary").secrecy()).isEqualTo(new Secrecy.Encrypted("payroll-2026"));
        assertThat(vault.get("old").secrecy()).isEqualTo(Secrecy.NONE);
        assertThat(vault.get("old").sensitive()).isFalse();
        assertThat(vault.get("ssn").sensitive()).as("nobody needs to say so").isTrue();
        SystemDefinition.Jdbc doors =
                (SystemDefinition.Jdbc) DEFINITIONS.systems().get("vault");
        Map<String, AttributeDefinition> door = doors.objects().get("door").types();
        assertThat(door.get("code").secrecy()).isEqualTo(new Secrecy.WriteOnly());
        assertThat(door.get("open").secrecy()).isEqualTo(Secrecy.NONE);
        assertThat(DEFINITIONS.keys().get("default").secret()).isEqualTo(Secret.of("${env:CONCORD_KEY}"));
    }

    @Test
    void aRunKeepsWhereTheKeysAre() {
        assertThat(DEFINITIONS.closureOf("hr-to-users").texts()).containsKeys("keys/default.yaml", "keys/payroll.yaml");
    }

    @Test
    void hashedAttributesWithoutAKeyAreWarnedAbout() {
        Map<String, String> texts = new java.util.TreeMap<>(
                Map.of("managed/a.yaml", "name: a\nattributes: {password: {type: string, hashed: true}}"));
        assertThat(Corpus.faults(texts, "managed/a.yaml"))
                .singleElement()
                .asString()
                .contains("warning: without the key \"default\"", "jobs/keys/default.yaml");
    }

    @Test
    void schedulesAreRead() {
        assertThat(DEFINITIONS.schedules().get("nightly"))
                .isEqualTo(new Schedule(
                        "nightly",
                        true,
                        true,
                        Schedule.Type.CRON,
                        "0 0 2 * * ?",
                        0,
                        -1,
                        Instant.parse("2026-11-30T23:00:00Z"),
                        Instant.parse("2027-11-30T23:00:00Z"),
                        ZoneId.of("Europe/Berlin"),
                        Schedule.MisfirePolicy.DO_NOTHING,
                        false,
                        true,
                        "hr-to-users",
                        new Place("schedules/nightly.yaml", 1, "")));
        assertThat(DEFINITIONS.schedules().get("crm every hour").repeatInterval())
                .isEqualTo(3_600_000);
    }

    @Test
    void keysWithoutEffectAreWarnedAboutUnlessTheyAskForNothing() {
        List<String> pending =
                EffectPending.TABLE.stream().map(EffectPending::key).toList();
        Map<String, List<String>> warnings = new LinkedHashMap<>();
        for (Definitions.Fault fault : DEFINITIONS.faults()) {
            warnings.computeIfAbsent(fault.place().file(), file -> new ArrayList<>())
                    .add(fault.message().replaceAll(" .*", ""));
        }
        assertThat(warnings.get("crm-to-users.yml")).as("syncAfter: []").isNull();
        assertThat(warnings.values().stream().flatMap(List::stream).distinct())
                .as("each key of the table is in some good file, and is warned about there")
                .containsAll(pending);
    }

    @Test
    void theSameDefinitionsInYamlAndJsonAreTheSameButForTheirPlaces() {
        String json = """
                {"name": "users-to-directory", "source": "managed/alpha_user",
                 "target": "system/directory/entry"}
                """;
        Map<String, String> texts = Corpus.with(GOOD, "users-to-directory.json", json);
        texts.remove("users-to-directory.yaml");

        assertThat(Corpus.load(texts).mappings().get("users-to-directory"))
                .usingRecursiveComparison()
                .ignoringFields("place")
                .isEqualTo(bare);
    }
}
