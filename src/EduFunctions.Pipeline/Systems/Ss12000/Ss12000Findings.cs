using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What only a pull in pages can have wrong.</summary>
internal static class Ss12000Findings
{
    public static IReadOnlyList<FindingKind> All { get; } =
    [
        new(PullNote.Unstable, "The pages of a collection did not fit together",
            "The source's pages did not fit together, so nobody who is missing there was removed; report it to the source's support."),
        new(PullNote.Repeated, "Rows of a collection stand there twice, whenever it is pulled",
            "Whoever stands there twice stays as targets have them until all their rows say that they have left; report it to the source's support."),
        new(PullNote.LookUpRefused, "Not everybody who is referred to could be asked for",
            "Order the look-up of persons for the key pair, or have the source list everybody who is referred to."),
        new(PullNote.LookUpSilent, "A look-up is silent on persons for whom it answered before",
            "Take the references to who has left out of the school register, or have the look-up answer for them."),
        new(PullNote.LookUpUnasked, "A look-up handed out persons who were not asked for",
            "The look-up of persons hands out others than it is asked for; they are passed over. Report it to the source's support."),
        new(PullNote.MemberUnknown, "Answers have members beside their rows that nobody knows",
            "Look whether such a member says that something is missing, and report it to EduFunctions then."),
        new(PullNote.ChangesMissed, "A pull of changes alone did not have all changes",
            "Report it to the source's support; the tenant is pulled whole until somebody asks for sync --changed --accept-misses."),
        new(PullNote.Thin, "Changed rows lacked what they had before",
            "The source cut changed rows short; they keep what they lack until the next full pull. Report it to the source's support."),
    ];
}
