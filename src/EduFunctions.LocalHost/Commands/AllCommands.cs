using System.CommandLine;
using System.CommandLine.Help;

namespace EduFunctions.LocalHost.Commands;

/// <summary>Everything that the local host can be told to do.</summary>
internal static class AllCommands
{
    /// <summary>The words as they were typed, and <c>help</c> for whoever asks so.</summary>
    public static IReadOnlyList<string> Asked(IReadOnlyList<string> words) => words is ["help", ..] ? [.. words.Skip(1), "--help"] : words;

    public static RootCommand Create()
    {
        var commands = new RootCommand("EduFunctions on one machine: nightly school-roster sync from the school register to the learning systems.")
        {
            DemoCommand.Create(),
            SyncCommand.Create(),
            NightsCommand.Create(),
            ServeCommand.Create(),
            RunsCommand.Create(),
            ActsCommand.Create(),
            PlanCommand.Create(),
            ExplainCommand.Create(),
            ListCommand.Create(),
            HeldCommand.Create(),
            ApproveCommand.Create(),
            RefuseCommand.Create(),
            RequeueCommand.Create(),
            ResendCommand.Create(),
            FreezeCommand.Create(),
            FreezeCommand.CreateThaw(),
            RebaselineCommand.Create(),
            DriftCommand.Create(),
            ImportLogCommand.Create(),
            ReplayCommand.Create(),
            VerifyCommand.Create(),
            PurgeCommand.Create(),
            IncidentCommand.Create(),
            ValidateCommand.Create(),
            CheckCommand.Create(),
            SurveyCommand.Create(),
            ProbeCommand.Create(),
            InitCommand.Create(),
            AlarmsCommand.Create(),
        };
        var help = commands.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExample((HelpAction)help.Action!);
        return commands;
    }
}
