using System.Globalization;

namespace EduFunctions.Pipeline.Checking;

/// <summary>What a check has found: every breach is counted, the first ones of each rule in each file are kept.</summary>
/// <param name="isOurs">Whether we have made the files: then rules of our own count too, and what is found first is enough.</param>
public sealed class CheckReport(bool isOurs)
{
    private const int MostOfOurs = 1000;
    private const int MostPerRuleAndFile = 100;

    private readonly List<RuleBreach> _breaches = [];
    private readonly Dictionary<(string Code, string File), int> _counts = [];
    private readonly List<string> _notes = [];

    public bool IsOurs => isOurs;

    /// <summary>Whether there is no need to look for more.</summary>
    public bool IsFull => isOurs && _breaches.Count >= MostOfOurs;

    /// <summary>By file and place.</summary>
    public IEnumerable<RuleBreach> Breaches => _breaches.OrderBy(breach => breach.File, StringComparer.Ordinal).ThenBy(breach => breach.Line).ThenBy(breach => breach.Position);

    /// <summary>How often a rule is broken in a file, kept or not.</summary>
    public IReadOnlyDictionary<(string Code, string File), int> Counts => _counts;

    public bool HasErrors => _breaches.Any(breach => !breach.Rule.IsWarning);

    /// <summary>What could not be checked, and what was passed over.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Files that were read as what the target has.</summary>
    public int Files { get; private set; }

    /// <summary>Rows that were read.</summary>
    public long Rows { get; private set; }

    public void Add(RuleBreach breach)
    {
        if (breach.Rule.Certainty == Certainty.Ours && !isOurs)
        {
            return;
        }

        var place = (breach.Rule.Code, breach.File);
        var count = _counts[place] = _counts.GetValueOrDefault(place) + 1;
        if (isOurs || count <= MostPerRuleAndFile)
        {
            _breaches.Add(breach);
        }
    }

    /// <summary>A breach of a file as a whole.</summary>
    public void Add(TargetRule rule, string file, string column = "file", string found = "") => Add(new RuleBreach(rule, file, 0, 0, column, found));

    public void Note(string sentence)
    {
        if (!_notes.Contains(sentence))
        {
            _notes.Add(sentence);
        }
    }

    public void CountFile() => Files++;

    public void CountRows(int rows) => Rows += rows;

    /// <summary>A breach on one line, for people.</summary>
    public static string Line(RuleBreach breach) => string.Create(
        CultureInfo.InvariantCulture,
        $"{breach.File}{(breach.Line > 0 ? $":{breach.Line}" : "")}{(breach.Position > 0 ? $":{breach.Position}" : "")}: {breach.Column}: {Text(breach)}");

    /// <summary>The sentence of a breach with the kind of what stood there.</summary>
    public static string Text(RuleBreach breach) => breach.Found.Length == 0 ? breach.Rule.Sentence : $"{breach.Rule.Sentence} ({breach.Found})";
}
