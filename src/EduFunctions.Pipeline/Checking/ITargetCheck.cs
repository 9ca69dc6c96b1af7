namespace EduFunctions.Pipeline.Checking;

/// <summary>What a target asks of files, whoever has made them. A feed asks the same before it is sent, and what we ask of ourselves besides.</summary>
public interface ITargetCheck
{
    /// <summary>The type of the feed that writes such files.</summary>
    string Type { get; }

    /// <summary>Every rule, each once.</summary>
    IReadOnlyList<TargetRule> Rules { get; }

    /// <summary>Reads the files once, from front to back.</summary>
    void Check(CheckedFiles files, CheckReport report);
}
