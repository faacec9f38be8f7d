package dev.concord.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTreesTest {

    private static final SyntaxTrees TREES = new SyntaxTrees();

    @AfterAll
    static void close() {
        TREES.close();
    }

    @Test
    void nodesKnowTheirKindTheirLineAndTheirParts() {
        SyntaxNode program = TREES.read("// a\nsource.mail;").orElseThrow();

        assertThat(program.is("Program")).isTrue();
        SyntaxNode member = program.nodes("body").getFirst().node("expression");
        assertThat(member.type()).isEqualTo("MemberExpression");
        assertThat(member.line()).isEqualTo(2);
        assertThat(member.flag("computed")).isFalse();
        assertThat(member.node("property").text("name")).isEqualTo("mail");
        assertThat(member.children()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "return source.mail",
                "class A { #x = 1; static { this.y = 2 } get x() { return this.#x } } new A().x",
                "const {a = 1, ...rest} = source ?? {}; rest?.b?.[0]?.()",
                "async function f() { for await (const x of y) { await x } } f()",
                "list.toSorted().at(-1) ** 2; a ||= b; a &&= 1_000; /(?<n>\\p{L})/u.test(x)",
                "label: for (;;) { continue label }",
                "`a${b}c`; tag`x`; 10n",
                "var let_ = 1; with (source) { mail }",
                "\uFEFFsource.mail",
                "#!/usr/bin/env node\nsource.mail",
            })
    void theLanguageThatScriptsAreRunInIsRead(String script) {
        assertThat(TREES.read(script)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"source.", "if (", "'", "import java.util.*", "}"})
    void whatIsNoScriptHasNoTree(String script) {
        assertThat(TREES.read(script)).isEmpty();
    }

    @Test
    void hugeAndDeepTextsAreLeftAloneAndOthersAreReadAfterThem() {
        assertThat(TREES.read("1;".repeat(200_000))).isEmpty();
        assertThat(TREES.read("(".repeat(50_000) + ")".repeat(50_000))).isEmpty();
        assertThat(TREES.read("[".repeat(3_000) + "]".repeat(3_000))).isEmpty();
        assertThat(TREES.read("a" + "+a".repeat(20_000))).isEmpty();
        assertThat(TREES.read("source.mail")).isPresent();
    }

    @Test
    void aTextIsReadOnce() {
        Optional<SyntaxNode> first = TREES.read("source.sn");

        assertThat(TREES.read("source.sn").orElseThrow()).isSameAs(first.orElseThrow());
    }

    @Test
    void nothingIsRun() {
        assertThat(TREES.read("while (true) {}")).isPresent();
        assertThat(TREES.read("throw new Error('run')")).isPresent();
    }
}
