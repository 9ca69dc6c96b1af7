namespace EduFunctions.Pipeline.Languages;

/// <summary>
/// What this says in English is kept in records and shown to people, so that each of its sentences stands in every language's file. A text without a blank
/// is no sentence.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ToldAttribute : Attribute;
