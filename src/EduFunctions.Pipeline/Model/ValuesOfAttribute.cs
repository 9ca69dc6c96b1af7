namespace EduFunctions.Pipeline.Model;

/// <summary>A setting whose values are those of an open enumeration, so that one which matches nothing can be named.</summary>
/// <param name="vocabulary">Name of the property of <see cref="Vocabularies"/>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValuesOfAttribute(string vocabulary) : Attribute
{
    public Vocabulary In(Vocabularies vocabularies) => (Vocabulary)typeof(Vocabularies).GetProperty(vocabulary)!.GetValue(vocabularies)!;

    public string Vocabulary => vocabulary;
}
