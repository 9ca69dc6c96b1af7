namespace EduFunctions.Pipeline.Model;

/// <summary>A marking that nobody knows.</summary>
/// <param name="Value">Which one it is, the same of everybody who bears it; 0 of one that says in words of its own that somebody is protected.</param>
/// <param name="Property">What the source calls the property.</param>
/// <param name="Kind">What stands there, in a word for people: never the value.</param>
public readonly record struct StrangeMarking(ulong Value, string Property, string Kind);
