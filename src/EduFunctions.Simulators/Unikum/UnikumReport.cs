namespace EduFunctions.Simulators.Unikum;

/// <summary>What became of one import, line by line where something was wrong.</summary>
public sealed class UnikumReport(string name)
{
    private readonly List<string> _errors = [];
    private readonly List<string> _warnings = [];

    public string Name => name;

    /// <summary>Lines that were not carried out, as <c>file:line: text</c>, and rules that the file as a whole breaks.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Lines that changed nothing, or leave something odd behind.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    public int Objects { get; internal set; }

    public int Added { get; internal set; }

    public int Removed { get; internal set; }

    internal void Error(string file, int line, string text) => _errors.Add($"{file}:{line}: {text}");

    internal void Warn(string file, int line, string text) => _warnings.Add($"{file}:{line}: {text}");
}
