namespace EduFunctions.Pipeline.Eligibility;

/// <summary>A key that only one kind of source understands.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OnlyForAttribute(string source) : Attribute
{
    public string Source => source;
}
