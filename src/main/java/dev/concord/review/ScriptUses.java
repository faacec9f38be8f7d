package dev.concord.review;

import dev.concord.review.Meaning.ObjectCall;
import dev.concord.script.SyntaxNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the objects that a script is given through its variables, functions and lists, and collects the attributes
 * that are used. The order of statements is not looked at: a variable stands for all that it is ever given, which is
 * worked out in passes until nothing new is found. A property whose name is only known when the script runs may be any.
 *
 * <p>Each kind of node is known to one part. The parts ask {@link #value} about the nodes inside.
 */
final class ScriptUses {

    private static final int PASSES = 50;

    private final ScriptFindings findings = new ScriptFindings();
    private final Progress progress = new Progress();
    private final MadeObjects madeObjects = new MadeObjects(progress);
    private final ObjectCalls objectCalls = new ObjectCalls(findings, madeObjects::members);
    private final Members members = new Members(this::value, madeObjects, findings);
    private final Assignments assignments = new Assignments(this::value, members, madeObjects, findings, progress);
    private final Functions functions = new Functions(this::value, assignments, progress);
    private final Calls calls =
            new Calls(this::value, members, assignments, functions, objectCalls, madeObjects, findings);
    private final Expressions expressions = new Expressions(this::value, members, assignments, madeObjects, findings);
    private final Statements statements = new Statements(this::value, assignments, functions, findings);

    private ScriptUses() {}

    /**
     * All uses in a script.
     *
     * @param variables what its variables stand for
     * @param queried the set that a filter which the script makes and does not ask itself is meant for; null for none
     */
    static Set<ScriptUse> of(SyntaxNode program, Map<String, Meaning> variables, @Nullable String queried) {
        ScriptUses script = new ScriptUses();
        script.follow(program, scope(program, variables));
        if (queried != null) {
            script.queries(queried);
        }
        return script.findings.uses();
    }

    private static Scope scope(SyntaxNode program, Map<String, Meaning> variables) {
        Scope root = new Scope(null, true);
        root.declare("openidm");
        root.add("openidm", Set.of(new ObjectCall("")));
        variables.forEach((name, meaning) -> {
            root.declare(name);
            root.add(name, Set.of(meaning));
        });
        Scope inside = new Scope(root, true);
        inside.declareVars(program);
        inside.declareAll(program.nodes("body"));
        // "var source = source || {}" speaks of the same variable.
        variables.forEach((name, meaning) -> inside.add(name, Set.of(meaning)));
        return inside;
    }

    private void follow(SyntaxNode program, Scope scope) {
        int passes = 0;
        do {
            progress.startOver();
            findings.forget();
            statements.all(program.nodes("body"), scope);
        } while (progress.isMade() && ++passes < PASSES);
    }

    private void queries(String queried) {
        madeObjects.having("_queryFilter").forEach((object, filter) -> {
            if (!objectCalls.parameters().contains(object)) {
                findings.filter(object.line(), queried, filter, true);
            }
        });
    }

    private Set<Meaning> value(@Nullable SyntaxNode written, Scope scope) {
        if (written == null) {
            return Set.of();
        }
        SyntaxNode node = Syntax.inner(written);
        return switch (node.type()) {
            case "Identifier" -> scope.meanings(node.text("name"));
            case "Literal" -> expressions.literal(node);
            case "TemplateLiteral" -> expressions.template(node, scope);
            case "ArrayExpression" -> expressions.array(node, scope);
            case "ObjectExpression" -> expressions.object(node, scope);
            case "UnaryExpression" -> expressions.unary(node, scope);
            case "BinaryExpression" -> expressions.binary(node, scope);
            case "LogicalExpression" -> expressions.logical(node, scope);
            case "ConditionalExpression" -> expressions.conditional(node, scope);
            case "SequenceExpression" -> expressions.sequence(node, scope);
            case "AwaitExpression" -> value(node.node("argument"), scope);
            case "ParenthesizedExpression" -> value(node.node("expression"), scope);
            case "MemberExpression" -> members.read(node, scope);
            case "CallExpression" -> calls.call(node, scope);
            case "NewExpression" -> calls.construct(node, scope);
            case "AssignmentExpression" -> assignments.assignment(node, scope);
            case "UpdateExpression" -> assignments.update(node, scope);
            case "VariableDeclarator" -> assignments.declarator(node, scope);
            case "FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression" ->
                functions.define(node, scope);
            case "ReturnStatement" -> functions.returnStatement(node, scope);
            case "BlockStatement", "StaticBlock" -> statements.block(node, scope);
            case "ForStatement", "SwitchStatement", "CatchClause" -> statements.withVariables(node, scope);
            case "ForOfStatement", "ForInStatement" -> statements.loop(node, scope);
            case "WithStatement" -> statements.with(node, scope);
            default -> statements.anyOther(node, scope);
        };
    }
}
