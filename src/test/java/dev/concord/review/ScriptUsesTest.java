package dev.concord.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.review.Meaning.Data;
import dev.concord.script.SyntaxTrees;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptUsesTest {

    private static final SyntaxTrees TREES = new SyntaxTrees();
    private static final Map<String, Meaning> VARIABLES =
            Map.of("source", new Data("S", List.of()), "target", new Data("T", List.of()));

    @AfterAll
    static void close() {
        TREES.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source.mail",
                "source['mail']",
                "source?.mail?.toLowerCase()",
                "source.mail.trim().length > 0",
                "const {mail} = source; mail",
                "const {mail: address = 'none'} = source",
                "let mail; ({mail} = source)",
                "var s = source; s.mail",
                "var s; if (true) { s = source } s.mail",
                "const a = source, b = a, c = b; c.mail",
                "(function (person) { return person.mail })(source)",
                "(person => person.mail)(source)",
                "(({mail}) => mail)(source)",
                "function mailOf(x) { return x.mail } mailOf(source)",
                "const mailOf = x => x.mail; mailOf(source)",
                "function self(x) { return x } self(source).mail",
                "(source || {}).mail",
                "const name = 'mail'; source[name]",
                "const wrapped = {inner: source}; wrapped.inner.mail",
                "const wrapped = {}; wrapped.inner = source; wrapped.inner.mail",
                "[source].forEach(function (x) { x.mail })",
                "const all = []; all.push(source); for (const x of all) { x.mail }",
                "['mail'].map(name => source[name])",
                "'mail' in source",
                "source.hasOwnProperty('mail')",
                "Object.prototype.hasOwnProperty.call(source, 'mail')",
                "Object.hasOwn(source, 'mail')",
                "`${source.mail}`",
                "source.mail ? 1 : 2",
                "return source.mail",
                "switch (source.mail) { case 'x': 1 }",
                "try { throw 0 } catch (e) { source.mail }",
                "class A { get x() { return source.mail } }",
                "async function f() { const x = await source; return x.mail }",
                "for (let i = 0, s = source; i < 1; i++) { s.mail }",
                "var source = source || {}; source.mail",
                "label: while (true) { if (source.mail) break label; }",
            })
    void anAttributeThatIsReadIsFound(String script) {
        assertThat(uses(script, null)).containsExactly("READS S /mail");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "target.mail = 'x'",
                "target['mail'] = 'x'",
                "delete target.mail",
                "target.mail++",
                "[target.mail] = ['x']",
                "({x: target.mail} = {x: 1})",
                "Object.assign(target, {mail: 'x'})",
                "const t = target; t.mail = 'x'",
                "(function (o) { o.mail = 1 })(target)",
            })
    void anAttributeThatIsWrittenIsFound(String script) {
        assertThat(uses(script, null)).containsExactly("WRITES T /mail");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source[x]",
                "source['ma' + x]",
                "for (var name in source) { name }",
                "const {...rest} = source",
                "Object.keys(source)",
                "JSON.stringify(source)",
                "({...source})",
                "const {[x]: y} = source",
                "helper(source)",
                "new Helper(source)",
                "with (source) { mail }",
                "x in source",
            })
    void whatIsDecidedWhenTheScriptRunsMayUseAny(String script) {
        assertThat(uses(script, null)).containsExactly("MAY_USE S ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail",
                "'source.mail'",
                "// source.mail",
                "/source.mail/.test('x')",
                "var other = {mail: 1}; other.mail",
                "(function (source) { return source.mail })({mail: 1})",
                "{ let source = {}; source.mail }",
                "logger.info('{}', source)",
                "({mail: 1})",
            })
    void whatOnlyLooksLikeAUseIsNone(String script) {
        assertThat(uses(script, null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "openidm.query('managed/u', {_queryFilter: 'mail eq \"x\"'}) | NAMES managed/u, READS managed/u /mail",
                "openidm.query('managed/u', {'_queryFilter': 'mail eq \"' + source.sn + '\"'}) | NAMES managed/u, READS S /sn, READS managed/u /mail",
                "openidm.query('managed/u', {_queryFilter: 'mail eq ' + JSON.stringify(x)}) | NAMES managed/u, READS managed/u /mail",
                "var p = {}; p._queryFilter = \"a pr and !(b/c eq 1)\"; openidm.query('managed/u', p) | NAMES managed/u, READS managed/u /a, READS managed/u /b/c",
                "var f = 'a eq 1'; if (x) { f = f + ' or b eq 2' } openidm.query('managed/u', {_queryFilter: f}) | NAMES managed/u, READS managed/u /a, READS managed/u /b",
                "openidm.query('managed/u', {_queryFilter: name + ' eq 1'}) | MAY_USE managed/u , NAMES managed/u",
                "openidm.query('managed/u', {_queryFilter: built()}) | MAY_USE managed/u , NAMES managed/u",
                "openidm.query('managed/u', {_queryFilter: 'true', _fields: 'a,b', _sortKeys: '-c'}, ['d']) | NAMES managed/u, READS managed/u /a, READS managed/u /b, READS managed/u /c, READS managed/u /d",
                "openidm.query('managed/u', {_queryFilter: 'true'}).result.forEach(u => u.mail) | NAMES managed/u, READS managed/u /mail",
                "var r = openidm.query('managed/u', {_queryFilter: 'true'}); r.result[0].mail | NAMES managed/u, READS managed/u /mail",
                "for (const u of openidm.query('managed/u', {_queryFilter: 'true'}).result) { u.mail } | NAMES managed/u, READS managed/u /mail",
                "openidm.read('managed/u/' + source._id).mail | NAMES managed/u, READS S /_id, READS managed/u /mail",
                "openidm.read(`system/a/b/${x}`, null, ['mail']) | NAMES system/a/b, READS system/a/b /mail",
                "const {read} = openidm; read('managed/u/1') | NAMES managed/u",
                "openidm.create('managed/u', null, {mail: 1}) | NAMES managed/u, WRITES managed/u /mail",
                "openidm.patch('managed/u/1', null, [{operation: 'replace', field: '/mail', value: 1}]) | NAMES managed/u, WRITES managed/u /mail",
                "openidm.update('managed/u/1', null, x) | MAY_USE managed/u , NAMES managed/u",
                "openidm.delete('managed/u/1', null) | NAMES managed/u",
                "openidm.read(x).mail | NAMES *, READS * /mail",
                "openidm.read('managed/' + x) | NAMES *",
                "openidm.read('config/sync') | ''",
            })
    void callsOfOpenidmAreUnderstood(String script, String expected) {
        assertThat(String.join(", ", uses(script, null))).isEqualTo(expected.equals("''") ? "" : expected);
    }

    @Test
    void aFilterThatIsReturnedIsMeantForTheTarget() {
        assertThat(uses("({_queryFilter: 'mail eq \"' + source.mail + '\"'})", "T"))
                .containsExactly("READS S /mail", "READS T /mail");
        assertThat(uses("({_queryFilter: 'mail eq \"1\"'})", null)).isEmpty();
    }

    @Test
    void usesHaveTheirLines() {
        Set<ScriptUse> uses =
                ScriptUses.of(TREES.read("\n\nsource.mail;\nsource\n  .sn").orElseThrow(), VARIABLES, null);

        assertThat(uses).extracting(ScriptUse::line).containsExactly(3, 4);
    }

    /** A list that grows while it is gone through, and objects that hold themselves. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "var all = []; for (var i = 0; i < 2; i++) { all.push(source.mail); all.push('x') } all.concat(all)",
                "var o = {}; o.o = o; o.o.o = source.mail; o.o = {...o}; Object.assign(o, o)",
                "var f = () => f; f = f(); f.f = f; source.mail",
                "var a = ['x'].concat({x: ['y']}[source.mail] || []); a.push('z'); a = a.map(x => a.push(x))",
            })
    void whatIsTangledComesToAnEnd(String script) {
        assertThat(uses(script, null)).contains("READS S /mail");
    }

    @Test
    void endlessTextsAndDeepValuesComeToAnEnd() {
        assertThat(uses("var f = 'a'; while (x) { f = f + f + '\"'; f += source.sn } f", null))
                .containsExactly("READS S /sn");
        assertThat(uses("var o = source; while (o) { o = o.manager } o", null)).isNotEmpty();
        assertThat(uses("function f(x) { return f([x]) } f(source)", null)).isEmpty();
    }

    @Property(tries = 300)
    void anObjectIsFollowedHoweverItIsHandedOn(@ForAll @Size(max = 6) List<@From("detours") String> detours) {
        String expression = "source";
        for (String detour : detours) {
            expression = detour.replace("$", expression);
        }
        assertThat(uses(expression + ".mail", null)).as(expression).contains("READS S /mail");
    }

    @Provide
    Arbitrary<String> detours() {
        return Arbitraries.of(
                "($ || {})",
                "(c ? null : $)",
                "(0, $)",
                "[$][0]",
                "({k: $}).k",
                "({k: {l: $}})['k'].l",
                "(function (p) { return p })($)",
                "(p => p)($)",
                "((a, b) => { const q = b; return q })(1, $)",
                "(({p}) => p)({p: $})",
                "(([p]) => p)([$])",
                "((...all) => all[0])($)",
                "[$].find(x => x.active)",
                "[$].map(x => x)[0]",
                "[[$]].map(([x]) => x).filter(Boolean).at(0)",
                "(function () { var list = []; list.push($); return list })()[0]",
                "(function () { var o = {}; o.p = $; return o.p })()",
                "(function () { let r; for (const e of [$]) { r = e } return r })()",
                "(function () { try { return $ } finally { } })()",
                "Object.freeze($)",
                "JSON.parse(JSON.stringify($))",
                "(() => ({...$}))()");
    }

    private static Set<String> uses(String script, @Nullable String queried) {
        return ScriptUses.of(TREES.read(script).orElseThrow(() -> new AssertionError(script)), VARIABLES, queried)
                .stream()
                .map(use ->
                        use.way() + " " + use.objectSet() + (use.way() == Use.Way.NAMES ? "" : " " + use.attribute()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
