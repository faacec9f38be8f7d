package dev.concord.api.openidm;

import static dev.concord.api.openidm.RestHouse.assertLike;
import static dev.concord.api.openidm.RestHouse.ok;
import static dev.concord.api.openidm.RestHouse.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import dev.concord.testing.Server.Answer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asking what is wrong, why, and what if. */
interface QuestionsOverRest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/openidm/recon?_action=recon&mapping=nobody||400|There is no mapping nobody",
                "POST|/openidm/recon?_action=recon||400|mapping",
                "POST|/openidm/recon?_action=reset&mapping=hr-users||400|_action=recon or _action=reconById",
                "POST|/openidm/recon?_action=recon&mapping=hr-users&analyze=1||400|analyze is \"1\"",
                "POST|/openidm/recon?_action=recon&mapping=hr-users|{\"sourceQuery\":{\"_queryFilter\":\"mail\"}}|400|filter",
                "POST|/openidm/recon?_action=recon&mapping=hr-users|{\"sourceQuerry\":1}|400|sourceQuerry",
                "POST|/openidm/recon?_action=recon&mapping=hr-users|{\"sourceQuery\":{\"resourceName\":\"x\"}}|400|system/hr/person",
                "POST|/openidm/recon?_action=reconById&mapping=hr-users||400|id=...",
                "POST|/openidm/recon/nothing?_action=cancel||404|no run",
                "GET|/openidm/recon?_queryFilter=||400|_queryFilter is empty",
                "GET|/openidm/recon?_queryFilter=true&_queryFilter=true||400|_queryFilter is there twice",
                "GET|/openidm/recon?_pageSize=1001||400|at most 1000",
                "GET|/openidm/recon?_pagesize=10||400|The parameter \"_pagesize\" is not known",
                "GET|/openidm/recon/assoc?_queryfilter=true||400|_queryFilter, _queryId",
                "POST|/openidm/scheduler/job?_action=x||400|_action=create or _action=listCurrentlyExecutingJobs or",
                "POST|/openidm/scheduler/job?_action=x||400|or no _action at all.",
                "GET|/openidm/recon/nothing||404|no run",
                "GET|/openidm/recon/assoc/nothing/entry||404|no run",
                "GET|/openidm/audit/recon/nothing||404|no entry",
                "GET|/openidm/recon?_pageSize=x||400|_pageSize",
                "POST|/api/runs/nothing/restart||404|no run",
                "GET|/api/runs/nothing/entries.csv||404|no run",
                "GET|/api/mappings/hr-users/explain||400|source=ID",
                "GET|/api/mappings/nobody/explain?source=1||404|no usable mapping",
                "GET|/api/impact?of=managed/nothing||400|no known object set"
            })
    default void faultsSayWhatIsWrong(String method, String path, @Nullable String body, int status, String message) {
        Answer answer = server.send("admin", method, path, body == null ? null : Json.read(body));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertLike(path.startsWith("/api/") ? "runs/problem" : "runs/error", answer.json());
        assertThat(answer.body()).contains(message.replace("\"", "\\\""));
    }

    @Test
    default void clientsAskWhetherTheServerIsReadyAndWhoTheyAre() {
        assertLike("info/ping", ok(server.get("viewer", "/openidm/info/ping")));
        Map<String, ?> login = ok(server.get("operator", "/openidm/info/login"));
        assertLike("info/login", login);
        assertThat(login.get("authenticationId")).isEqualTo("operator");
        assertThat(login.get("authorization")).extracting("roles").isEqualTo(List.of("viewer", "operator"));
    }

    /** Libraries for pages add it, so that no browser answers from its memory. */
    @Test
    default void theTimeInAnAddressIsNoQuestion() {
        assertThat(server.get("viewer", "/openidm/recon?_=1795450512").status()).isEqualTo(200);
    }

    @Test
    default void oneRecordIsExplainedAndWhatUsesAnAttributeIsFound() {
        assertThat(ok(server.get("auditor", "/api/mappings/hr-users/explain?source=3")))
                .containsEntry("mapping", "hr-users")
                .containsEntry("_id", "3")
                .containsEntry("exists", true)
                .containsKey("decisions");
        assertThat(server.get("viewer", "/api/mappings/hr-users/explain?source=3")
                        .status())
                .isEqualTo(403);
        assertThat(server.get("viewer", "/api/impact?of=managed/account/mail").body())
                .isEqualTo(server.get("viewer", "/api/impact?of=managed/account.mail")
                        .body())
                .contains("hr-users", "\"attribute\":\"mail\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/openidm/recon?_action=recon&mapping=hr-users&analyse=true||analyse|analyze",
                "/openidm/recon?_action=recon&mapping=hr-users&mapping=hr-users||mapping|twice",
                "/openidm/recon?_action=recon&mapping=hr-users&id=1||id|persistAssociations",
                "/openidm/recon?_action=reconById&mapping=hr-users&id=1&wait=true||wait|waitForCompletion",
                "/openidm/recon/nothing?_action=cancel&now=true||now|no others",
                "/openidm/recon/nothing?_action=cancel|{\"now\": true}|now|no body",
                "/openidm/sync?_action=performAction&mapping=hr-users&action=UPDATE&sourceID=3||sourceID|sourceId",
                "/openidm/sync?_action=performAction&mapping=hr-users&action=UPDATE|{\"sourceId\": 3}|sourceId|no body",
                "/api/runs/nothing/restart?analyze=true||analyze|takes none",
                "/api/runs/nothing/restart|{\"analyze\": true}|analyze|no body",
                "/api/runs/nothing/recover?force=true||force|takes none",
                "/api/runs/nothing?_action=undo&analyse=true||analyse|analyze",
                "/api/runs/nothing?_action=undo|{\"analyze\": true}|analyze|no body",
                "/api/runs/nothing?_action=retry&withRulefailures=true||withRulefailures|withRuleFailures",
                "/api/runs/nothing?_action=approve&why=because||why|no others",
                "/api/runs/nothing?_action=deny&why=because||why|no others",
                "/api/plans?where=true|{\"mapping\": \"hr-users\"}|where|takes none",
                "/api/plans/nothing?_action=apply&analyze=true||analyze|no others",
                "/api/plans/nothing?_action=apply|[1]|what is in this one|no body"
            })
    default void nothingIsStartedByWhoMisspellsWhatItIsToDo(
            String path, @Nullable String body, String name, String allowed) {
        long before = runs();
        Answer answer = server.send("admin", "POST", path, body == null ? null : Json.read(body));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertLike(path.startsWith("/api/") ? "runs/problem" : "runs/error", answer.json());
        assertThat(answer.body()).contains(name, allowed);
        assertThat(runs()).isEqualTo(before);
    }

    private static long runs() {
        return ((Number) ok(server.get("viewer", "/openidm/recon/assoc?_countOnly=true"))
                        .get("resultCount"))
                .longValue();
    }
}
