namespace EduFunctions.Pipeline.Model;

/// <summary>The kind of school register a pull comes from: each has rules of its own.</summary>
public enum Register : byte
{
    EduCloud,
    Unilogin,
}
