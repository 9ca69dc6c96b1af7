namespace EduFunctions.Simulators.Blackboard;

/// <summary>How Learn behaves; may be changed while it runs.</summary>
public sealed class LearnHabits
{
    /// <summary>Times a status is asked for before it shows anything but zeros: the file is not even queued yet.</summary>
    public int IdlePolls { get; set; } = 1;

    /// <summary>Rows worked through from one status to the next.</summary>
    public int RowsPerPoll { get; set; } = int.MaxValue;

    /// <summary>Spaces between the two sentences of the answer to a post; recorded are two, written about is one.</summary>
    public int SpacesAfterUploaded { get; set; } = 2;

    /// <summary>Whether a status names the machine, as recorded answers do and described ones do not.</summary>
    public bool NamesMachine { get; set; } = true;

    /// <summary>Whether rows with an error count as completed.</summary>
    public bool CountsFailedRows { get; set; } = true;

    /// <summary>Whether an association that is there already is an error.</summary>
    public bool RefusesKnownAssociations { get; set; } = true;

    /// <summary>Whether a data source comes into being with the first row that names it.</summary>
    public bool MakesDataSources { get; set; }

    /// <summary>Whether the status of an unknown data set is a 404 instead of zeros.</summary>
    public bool IsStrictAboutUids { get; set; }

    /// <summary>What goes wrong with a post, by object and operation; null for nothing.</summary>
    public Func<string, string, LearnFault?> Fault { get; set; } = (_, _) => null;

    /// <summary>What happens before a status is answered, such as the client's end.</summary>
    public Action<string> OnStatus { get; set; } = _ => { };
}

public enum LearnFault
{
    /// <summary>200 with a stack trace; the file is gone.</summary>
    StackTrace,

    /// <summary>500 without a word.</summary>
    ServerError,

    /// <summary>503: later, please.</summary>
    Busy,

    /// <summary>The file is taken, but the connection breaks before the answer.</summary>
    HangUpAfterTaking,
}
