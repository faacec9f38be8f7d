package dev.concord.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Target E10007 is linked to source E10008.|Target … is linked to source ….",
                "The value \"anna@example.com\" is too long for mail.|The value … is too long for mail.",
                "mail is 'x y', which somebody else has|mail is …, which somebody else has",
                "Duplicate entry „Müller“ (code 1062)|Duplicate entry … (code 1062)",
                "The account of anna cannot be made.|The account of … cannot be made.",
                "annabel has no account|annabel has no account",
                "It's 12 o'clock at Anna's|It's … o'clock at Anna's",
                "The source record at line 42 cannot be read: It has 13 columns.|"
                        + "The source record at line … cannot be read: It has … columns.",
                "Row for /address2: scripts/mail.js:12: TypeError.|Row for /address2: scripts/mail.js:12: TypeError.",
                "Row for /mail: jobs/hr.yaml:31 /properties/3/transform, line 2 of the script: TypeError.|"
                        + "Row for /mail: jobs/hr.yaml:31 /properties/3/transform, line 2 of the script: TypeError.",
                "3f2a91bc-0000-4000-8000-000000000001 is gone|… is gone",
            })
    void whatDiffersFromRecordToRecordIsLeftOut(String message, String words) {
        assertThat(ErrorWords.ofMessage(entry(message))).isEqualTo(words);
    }

    private static Entry entry(String message) {
        return new Entry(
                Situation.ABSENT,
                Action.CREATE,
                Outcome.SCRIPT,
                "anna",
                null,
                "default",
                List.of(),
                message,
                null,
                Map.of(),
                List.of());
    }
}
