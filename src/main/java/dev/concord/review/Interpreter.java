package dev.concord.review;

import dev.concord.script.SyntaxNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what the nodes of a script stand for; the parts that know single kinds of nodes ask it about those inside. */
@FunctionalInterface
interface Interpreter {

    /** What a node stands for; all that is used in it is added to the findings. Nothing for a node that is missing. */
    Set<Meaning> value(@Nullable SyntaxNode node, Scope scope);
}
