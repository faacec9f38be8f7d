package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.CommandLineApplication;
import dev.concord.record.Json;
import dev.concord.run.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planning, reviewing and applying as people type it. */
class PlanCommandTest {

    @TempDir
    private Path home;

    private record Answer(int exitCode, String out, String err) {}

    private Answer concord(String... arguments) {
        TestScreen screen = TestScreen.file();
        int exitCode = ConcordCommand.execute(CommandLineApplication.class, new Home(home), screen.screen(), arguments);
        return new Answer(exitCode, screen.out(), screen.err());
    }

    private static String plan(Answer answer) {
        Matcher id = Pattern.compile("\\(plan ([0-9a-f]{8}),").matcher(answer.out());
        assertThat(id.find()).as(answer.out() + answer.err()).isTrue();
        return id.group(1);
    }

    @Test
    void aPlanIsReviewedAppliedOnceAndThenThereIsNothingLeft() throws IOException {
        TinyCompany.writeTo(home);
        Answer planned = concord("plan", "hr-users", "--detailed-exitcode");
        assertThat(planned.exitCode()).as(planned.err()).isEqualTo(ExitCode.CHANGES);
        assertThat(planned.out())
                .contains("4 to create, 4 links to make")
                .contains("+ mail", "ada@example.com")
                .contains("+ salary    (not shown)")
                .contains("do exactly this");
        String id = plan(planned);
        assertThat(concord("plan", "--show", id).out()).contains("4 to create, 4 links to make", "ada@example.com");

        Answer selected = concord("plan", "--show", id, "--attribute", "mail", "--limit", "1");
        assertThat(selected.out()).contains("ada@example.com").doesNotContain("matsumoto");
        assertThat(selected.err()).contains("There are more");
        assertThat(concord("plan", "--show", id, "--situation", "MISSING").out())
                .doesNotContain("ada@example.com");

        Answer applied = concord("apply", id);
        assertThat(applied.exitCode()).as(applied.err()).isZero();
        assertThat(applied.out()).contains("targets created 4").contains("apply)");
        Answer again = concord("apply", id);
        assertThat(again.exitCode()).isEqualTo(ExitCode.MISUSED);
        assertThat(again.err()).contains("was applied already");

        Answer nothing = concord("plan", "hr-users", "--detailed-exitcode");
        assertThat(nothing.exitCode()).isZero();
        assertThat(nothing.out()).contains("nothing to change").doesNotContain("do exactly this");
    }

    @Test
    void aPlanAsJsonIsOneObject() throws IOException {
        TinyCompany.writeTo(home);
        Answer planned = concord("plan", "hr-users", "--json", "--id", "1", "--id", "3");
        Map<String, Object> json = Json.readObject(planned.out());
        assertThat((Map<?, ?>) json.get("totals"))
                .isEqualTo(Map.of(
                        "creates",
                        2,
                        "updates",
                        0,
                        "deletes",
                        0,
                        "newLinks",
                        2,
                        "movedLinks",
                        0,
                        "removedLinks",
                        0,
                        "exceptions",
                        0,
                        "failures",
                        0,
                        "guards",
                        List.of()));
        assertThat((List<?>) json.get("entries")).hasSize(2);
        assertThat(json).containsEntry("more", false);
        assertThat(planned.out()).contains("$withheld").doesNotContain("\"after\":100", "\"after\":300");
    }

    @Test
    void thePageForBrowsersIsSelfContainedAndShowsValuesAsTextOnly() throws IOException {
        TinyCompany.writeTo(home);
        TinyCompany.write(home, "jobs/data/people.csv", """
                number,name,mail,salary
                1,Ada,"<script>alert('x')</script>",777001
                2,"<img src=x onerror=alert(1)>",b@example.com,777002
                """);
        Path file = home.resolve("plan.html");
        assertThat(concord("plan", "hr-users", "--html", file.toString()).exitCode())
                .isZero();
        String page = Files.readString(file);
        assertThat(page)
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", "&lt;img src")
                .contains("(not shown)", "2 to create", "b@example.com")
                .contains("Content-Security-Policy")
                .doesNotContain("<script>alert", "<img", "777001", "777002")
                .doesNotContain("http:", "https:", "src=\"", "href=", "@import", "url(");
        assertThat(Pattern.compile("<script>").matcher(page).results().count()).isEqualTo(1);
        Answer nowhere = concord(
                "plan", "hr-users", "--html", home.resolve("no/such/plan.html").toString());
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.MISUSED);
        assertThat(nowhere.err()).contains("cannot be written").contains("folder that exists");
    }

    @Test
    void recordsThatFailedAreVisitedAgain() throws IOException {
        TinyCompany.writeTo(home);
        TinyCompany.write(home, "jobs/data/people.csv", TinyCompany.PEOPLE.replace("2,松本", "2,"));
        Answer run = concord("run", "hr-users");
        assertThat(run.exitCode()).isEqualTo(ExitCode.RECORDS_FAILED);
        Matcher id = Pattern.compile("\\(run ([0-9a-f]{8}),").matcher(run.out());
        assertThat(id.find()).isTrue();
        TinyCompany.write(home, "jobs/data/people.csv", TinyCompany.PEOPLE);
        Answer again = concord("run", "hr-users", "--failed-of", id.group(1));
        assertThat(again.exitCode()).as(again.out() + again.err()).isZero();
        assertThat(again.out())
                .contains("1 source record")
                .contains("failed records)")
                .contains("targets created 1");
    }

    @Test
    void whatMakesNoSenseIsRefused() throws IOException {
        TinyCompany.writeTo(home);
        assertThat(concord("plan").err()).contains("Name a mapping to plan it");
        assertThat(concord("plan", "hr-users", "--show", "1234abcd").exitCode()).isEqualTo(ExitCode.MISUSED);
        assertThat(concord("plan", "hr-users", "--where", "true", "--id", "1").exitCode())
                .isEqualTo(ExitCode.MISUSED);
        assertThat(concord("run", "hr-users", "--with-rule-failures").err()).contains("--failed-of RUN only");
        assertThat(concord("run", "hr-users", "--failed-of", "1234abcd", "--id", "1")
                        .exitCode())
                .isEqualTo(ExitCode.MISUSED);
        assertThat(concord("apply", "1234abcd").err()).contains("There is no run 1234abcd");
    }
}
