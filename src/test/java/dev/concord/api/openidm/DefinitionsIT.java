package dev.concord.api.openidm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.ledger.Lease;
import dev.concord.ledger.Leases;
import dev.concord.record.Json;
import dev.concord.testing.Databases;
import dev.concord.testing.Server.Answer;
import dev.concord.testing.TestDatabase;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Definitions and single records, as clients of PingIDM ask for them. */
class DefinitionsIT extends ObjectsHouse {

    @Override
    TestDatabase database() {
        return Databases.H2.fresh();
    }

    @Test
    void aMappingIsShownAsPingIdmSpellsIt() {
        Answer answer = server.get("viewer", "/openidm/config/mapping/people");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertGolden(answer, "config-mapping");
        assertGolden(server.get("viewer", "/openidm/config/sync"), "config-sync");
        assertThat(results(server.get("viewer", "/openidm/config" + query("_id sw 'mapping'", "_fields=_id,name"))))
                .extracting(mapping -> mapping.get("_id"))
                .containsExactly("mapping/people", "mapping/absents", "mapping/doors");
        assertThat(server.get("viewer", "/openidm/config/mapping/nothing").status())
                .isEqualTo(404);
    }

    @Test
    void aMappingIsReplacedInItsOwnFileAndSpelling() throws Exception {
        Map<String, Object> people =
                server.get("viewer", "/openidm/config/mapping/people").json();
        String text = Files.readString(home.resolve("jobs/people.yaml"));
        Answer same = admin("PUT", "/openidm/config/mapping/people", people);
        assertThat(same.status()).as(same.body()).isEqualTo(200);
        assertThat(same.headers()).doesNotContainKey("warning");
        assertThat(Files.readString(home.resolve("jobs/people.yaml"))).isEqualTo(text);

        people.put("allowEmptySourceSet", true);
        Answer written = admin("PUT", "/openidm/config/mapping/people", people);
        assertThat(written.status()).as(written.body()).isEqualTo(200);
        assertThat(written.headers().get("warning"))
                .containsExactly("299 - \"jobs/people.yaml was written anew, without its comments\"");
        assertThat(admin("PUT", "/openidm/config/mapping/people", people).headers())
                .doesNotContainKey("warning");
        assertThat(Files.readString(home.resolve("jobs/people.yaml"))).contains("allowEmptySourceSet: true");
        people.put("_rev", written.json().get("_rev"));
        assertThat(server.get("viewer", "/openidm/config/mapping/people").json())
                .isEqualTo(people);

        Map<String, Object> absents =
                server.get("viewer", "/openidm/config/mapping/absents").json();
        absents.put("enableSync", false);
        assertThat(admin("PUT", "/openidm/config/mapping/absents", absents).status())
                .isEqualTo(200);
        assertThat(Json.readObject(Files.readString(home.resolve("jobs/sync.json")))
                        .get("mappings"))
                .asList()
                .hasSize(2)
                .first()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("enableSync", false)
                .containsEntry("icon", "x");
        assertThat(lastOfTrail())
                .containsEntry("event", "definition.written")
                .containsEntry("object", "jobs/sync.json")
                .containsKey("timestamp");
        assertThat(((Map<?, ?>) lastOfTrail().get("details")).keySet().stream().map(String::valueOf))
                .containsExactly("mappings", "oldHash", "newHash");
    }

    @Test
    void aNewMappingGetsAFileOfItsOwnAndLosesItAgain() {
        Map<String, Object> more = Map.of("source", "system/hr/employee", "target", "managed/person");
        assertThat(admin("PUT", "/openidm/config/mapping/more", more, FRESH).status())
                .isEqualTo(201);
        assertThat(home.resolve("jobs/mapping-more.json")).exists();
        assertThat(admin("PUT", "/openidm/config/mapping/more", more, FRESH).status())
                .isEqualTo(412);
        assertThat(server.get("viewer", "/openidm/sync/mappings" + query("name eq \"more\"", "_countOnly=true"))
                        .json())
                .containsEntry("resultCount", 1);
        assertThat(admin("DELETE", "/openidm/config/mapping/more", null).status())
                .isEqualTo(200);
        assertThat(home.resolve("jobs/mapping-more.json")).doesNotExist();
        assertThat(admin("DELETE", "/openidm/config/mapping/more", null).status())
                .isEqualTo(404);
        assertThat(admin("DELETE", "/openidm/config/mapping/doors", null).status())
                .isEqualTo(200);
        assertThat(home.resolve("jobs/sync.json")).content().contains("absents").doesNotContain("doors");
    }

    @Test
    void aMappingWithFaultsIsNotWrittenAndAllOfThemAreSaid() throws Exception {
        String before = Files.readString(home.resolve("jobs/people.yaml"));
        Map<String, Object> people =
                server.get("viewer", "/openidm/config/mapping/people").json();
        people.put("target", "managed/nothing");
        people.put("policies", List.of(Map.of("situation", "NEVER", "action", "UPDATE")));
        Answer refused = admin("PUT", "/openidm/config/mapping/people", people);
        assertThat(refused.status()).isEqualTo(400);
        assertGolden(refused, "config-faults");
        assertThat(refused.body()).contains("NEVER");
        assertThat(Files.readString(home.resolve("jobs/people.yaml"))).isEqualTo(before);
        Answer unknown = admin(
                "PUT",
                "/openidm/config/mapping/more",
                Map.of("source", "system/hr/nothing", "target", "managed/nothing"));
        assertThat(((Map<?, ?>) unknown.json().get("detail")).get("faults"))
                .asList()
                .hasSize(2);
        assertThat(home.resolve("jobs/mapping-more.json")).doesNotExist();
        for (String name : List.of("..%5C..%5Cevil", "%00", ".hidden", "a%3Ab")) {
            assertThat(admin(
                                    "PUT",
                                    "/openidm/config/mapping/" + name,
                                    Map.of("source", "system/hr/employee", "target", "managed/person"))
                            .status())
                    .as(name)
                    .isIn(201, 400);
            admin("DELETE", "/openidm/config/mapping/" + name, null);
        }
        assertThat(home.getParent().resolve("evil.json")).doesNotExist();
    }

    @Test
    void aMappingThatOthersNeedIsKept() {
        Map<String, Object> back =
                Map.of("source", "managed/person", "target", "system/hr/employee", "links", "people");
        assertThat(admin("PUT", "/openidm/config/mapping/more", back).status()).isEqualTo(201);
        Answer refused = admin("DELETE", "/openidm/config/mapping/people", null);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(home.resolve("jobs/people.yaml")).exists();
    }

    @Test
    void noMappingIsChangedUnderALiveRun() {
        Leases leases = server.get(Leases.class);
        Map<String, Object> people =
                server.get("viewer", "/openidm/config/mapping/people").json();
        Lease lease = leases.acquire("people", "a-run", "elsewhere:1", Duration.ofMinutes(1), gone -> false);
        try {
            people.put("allowEmptySourceSet", true);
            assertThat(admin("PUT", "/openidm/config/mapping/people", people).status())
                    .isEqualTo(409);
            assertThat(admin("DELETE", "/openidm/config/mapping/people", null).status())
                    .isEqualTo(409);
        } finally {
            leases.release(lease);
        }
        assertThat(home.resolve("jobs/people.yaml")).content().doesNotContain("allowEmptySourceSet");
        assertThat(server.send("operator", "PUT", "/openidm/config/mapping/people", people)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void allMappingsAreReplacedTogether() {
        Map<String, Object> sync = server.get("viewer", "/openidm/config/sync").json();
        List<Object> mappings = new ArrayList<>((List<?>) sync.get("mappings"));
        mappings.removeLast();
        mappings.add(Map.of("name", "more", "source", "system/hr/employee", "target", "managed/person"));
        Answer written = admin("PUT", "/openidm/config/sync", Map.of("mappings", mappings));
        assertThat(written.status()).as(written.body()).isEqualTo(200);
        assertThat((List<?>) written.json().get("mappings"))
                .<Object>extracting(mapping -> ((Map<?, ?>) mapping).get("name"))
                .containsExactlyInAnyOrder("people", "absents", "more");
        assertThat(home.resolve("jobs/people.yaml")).content().contains("# What people wrote about it.");
    }

    @Test
    void mappingsSayWhetherTheirSystemsAnswer() {
        assertGolden(server.get("viewer", "/openidm/sync/mappings" + query("name eq \"people\"")), "sync-mappings");
        assertThat(results(server.get("viewer", "/openidm/sync/mappings" + query("sourceRouteReady eq false"))))
                .extracting(mapping -> mapping.get("name"))
                .containsExactly("absents");
    }

    @Test
    void aSourceIsPreviewedWithoutBeingWritten() {
        makeAda();
        Answer preview =
                server.post("auditor", "/openidm/sync?_action=getTargetPreview&mapping=people&sourceId=1", null);
        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        Object target = ((Map<?, ?>) ((List<?>) preview.json().get("targets")).getFirst()).get("target");
        assertThat(((Map<?, ?>) target).get("mail")).isEqualTo("ada@example.com");
        assertThat(preview.body()).doesNotContain("078-05-1120", "$crypto");
        assertThat(results(server.get("viewer", "/openidm/repo/link?_queryFilter=true")))
                .isEmpty();
        assertThat(server.post("operator", "/openidm/sync?_action=getTargetPreview&mapping=people&sourceId=1", null)
                        .status())
                .isEqualTo(403);
        assertThat(server.post("auditor", "/openidm/sync?_action=getTargetPreview&mapping=none&sourceId=1", null)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void anActionIsDoneForOneRecord() {
        makeAda();
        runPeople();
        admin("PATCH", PEOPLE + "/ada", List.of(replace("mail", "x@example.com")));
        String path = "/openidm/sync?_action=performAction&mapping=people&action=UPDATE&sourceId=1";
        Answer performed = server.post("operator", path, null);
        assertThat(performed.status()).as(performed.body()).isEqualTo(200);
        assertGolden(performed, "sync-performed");
        assertThat(admin("GET", PEOPLE + "/ada", null).json()).containsEntry("mail", "ada@example.com");
        Answer other = server.post("operator", path + "&situation=ABSENT", null);
        assertThat(other.status()).isEqualTo(409);
        assertThat(server.post("operator", path + "&situation=NEVER", null).status())
                .isEqualTo(400);
        assertThat(server.post("auditor", path, null).status()).isEqualTo(403);
    }

    @Test
    void whatAnObjectIsLinkedToIsToldFromBothSides() {
        makeAda();
        runPeople();
        String path = "/openidm/sync?_action=getLinkedResources&resourceName=";
        Answer linked = server.post("auditor", path + "system/hr/employee/1", null);
        assertThat(linked.status()).as(linked.body()).isEqualTo(200);
        assertGolden(linked, "sync-linked");
        assertThat(linked.body()).doesNotContain("$crypto");
        assertThat(server.post("viewer", path + "managed/person/ada", null).body())
                .contains("system/hr/employee/1")
                .doesNotContain("content");
        assertThat(server.post("viewer", path + "managed/person", null).status())
                .isEqualTo(400);
    }
}
