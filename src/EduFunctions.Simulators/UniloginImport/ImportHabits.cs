using System.Xml.Linq;

namespace EduFunctions.Simulators.UniloginImport;

/// <summary>How the service behaves, where nobody outside knows; may be changed while it runs.</summary>
public sealed class ImportHabits
{
    /// <summary>Whether a person without a CPR number is refused.</summary>
    public bool NeedsCivicNumber { get; set; } = true;

    /// <summary>Whether the answer stands in <c>svarXML</c> as text.</summary>
    public bool AnswersAsText { get; set; }

    /// <summary>Whether refused rows are named by their line.</summary>
    public bool NamesLines { get; set; } = true;

    /// <summary>Institutions that have not approved the caller.</summary>
    public HashSet<string> Unapproved { get; } = [];

    /// <summary>Institutions that the list of agreements names.</summary>
    public HashSet<string> Agreed { get; } = ["A00001"];

    /// <summary>What becomes of the response element before it goes out, by the operation's name.</summary>
    public Func<string, XElement, XElement> Rewrites { get; set; } = (_, response) => response;

    /// <summary>What goes wrong with a call, by operation and institution; null for nothing.</summary>
    public Func<string, string, ImportFault?> Fault { get; set; } = (_, _) => null;
}

public enum ImportFault
{
    /// <summary>A fault of the server; nothing is taken.</summary>
    ServerFault,

    /// <summary>The document is taken, but the connection breaks before the answer.</summary>
    HangUpAfterTaking,

    /// <summary>The connection breaks before the document is looked at.</summary>
    HangUpBeforeTaking,

    /// <summary>The document is taken, the answer has a form that nobody expects.</summary>
    StrangeAnswer,

    /// <summary>The document is taken, the answer is a page for people.</summary>
    Page,
}
