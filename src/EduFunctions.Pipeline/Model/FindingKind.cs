namespace EduFunctions.Pipeline.Model;

/// <summary>One kind of what is wrong with single rows, with all there is to say of it.</summary>
/// <param name="Code">Stable, part of the API, never translated.</param>
/// <param name="Sentence">What is the case.</param>
/// <param name="Advice">What a registrar can do about it, and where.</param>
public sealed record FindingKind(string Code, string Sentence, string Advice);
