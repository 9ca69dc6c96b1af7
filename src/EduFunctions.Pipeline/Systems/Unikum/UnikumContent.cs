using System.Collections;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Who and what goes into the files. What stays as it was against the choice, and cannot be written, is not in it.</summary>
internal sealed class UnikumContent
{
    public UnikumContent(FeedInput input)
    {
        (Roster, Settings) = (input.Roster, (UnikumSettings)input.Settings);
        Schools = UnikumChoice.Schools(Roster, Settings, (_, _) => { });
        Classes = UnikumChoice.Classes(Roster, Settings, input.Selection.Sections, Schools, (_, _) => { });
        People = new UnikumPeople(Roster, Settings, input.Selection.Persons, (_, _) => { });
        Ids = new UnikumIds(Roster, People, Settings);
    }

    public Roster Roster { get; }

    public UnikumSettings Settings { get; }

    public UnikumPeople People { get; }

    public UnikumIds Ids { get; }

    /// <summary>By row of the roster's units.</summary>
    public BitArray Schools { get; }

    /// <summary>By row of the roster's sections.</summary>
    public BitArray Classes { get; }
}
