using System.Reflection;
using EduFunctions.App;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.App;

[Trait(Level.Name, Level.Fast)]
public sealed class TriggersTests
{
    [Fact]
    public void Every_queue_has_a_trigger_and_a_poison_trigger_and_there_are_no_others()
    {
        var triggered = AppTriggers.With<QueueTriggerAttribute>().Select(trigger => trigger.Trigger.QueueName);

        var expected = Queues.All.Concat(Queues.All.Select(queue => queue + Queues.PoisonSuffix));
        Assert.Equal(expected.Order(StringComparer.Ordinal), triggered.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Queues.Extract)]
    [InlineData(Queues.Transform)]
    [InlineData(Queues.Export)]
    public void A_queue_and_its_poison_hand_over_texts_as_they_are(string queue)
    {
        Assert.Equal(typeof(string), AppTriggers.OfQueue(queue).Parameter.ParameterType);
        Assert.Equal(typeof(string), AppTriggers.OfQueue(queue + Queues.PoisonSuffix).Parameter.ParameterType);
    }

    [Fact]
    public void What_is_put_on_a_queue_is_what_its_trigger_takes()
    {
        Assert.NotEmpty(AppTriggers.Outputs);
        Assert.All(AppTriggers.Outputs, output =>
        {
            var message = Assert.Single(output.Property.PropertyType.GenericTypeArguments);

            Assert.Equal($"{output.Output.QueueName}Message", message.Name, ignoreCase: true);
        });
    }

    [Fact]
    public void Whatever_plans_or_runs_a_stage_can_put_messages_on_every_queue()
    {
        var returning = AppTriggers.All.Where(function => function.ReturnType == typeof(Task<Outbox>) || function.ReturnType == typeof(Task<Reply>));

        Assert.Equal(
            AppTriggers.All.Where(function => function.Name is "Poison" or "AllPoison" || !(function.Name is "Watch" || function.Name.EndsWith("Poison", StringComparison.Ordinal))),
            returning);
        Assert.All([typeof(Outbox), typeof(Reply)], type => Assert.Equal(
            Queues.All,
            AppTriggers.Outputs.Where(output => output.Property.DeclaringType == type).Select(output => output.Output.QueueName)));
    }

    [Fact]
    public void All_queues_lie_in_the_storage_of_the_host()
    {
        var connections = AppTriggers.With<QueueTriggerAttribute>().Select(trigger => trigger.Trigger.Connection)
            .Concat(AppTriggers.Outputs.Select(output => output.Output.Connection));

        Assert.All(connections, connection => Assert.Equal("AzureWebJobsStorage", connection));
    }

    /// <summary>Neither whenever the app starts, nor without the platform's memory of when they last did.</summary>
    [Fact]
    public void The_night_and_the_watch_begin_when_their_settings_say_and_only_then() => Assert.Equal(
        [("Changes", "%ChangesSchedule%", false, true), ("Nightly", "%NightlySchedule%", false, true), ("Watch", "%WatchSchedule%", false, true)],
        AppTriggers.With<TimerTriggerAttribute>()
            .Select(timer => (timer.Function.Name, timer.Trigger.Schedule, timer.Trigger.RunOnStartup, timer.Trigger.UseMonitor)).Order());

    [Fact]
    public void Whatever_is_no_address_is_answered_by_every_method_that_the_platform_knows() => Assert.Equal(
        ["get", "head", "options", "post", "put", "patch", "delete"],
        AppTriggers.With<HttpTriggerAttribute>().Single(trigger => trigger.Function.Name == nameof(Triggers.Website)).Trigger.Methods!);

    [Fact]
    public void The_routes_are_those_of_the_API_each_with_its_name_and_its_key()
    {
        using var services = new ServiceCollection().AddLogging().AddRosterPipeline(AppTriggers.LocalConfiguration).BuildServiceProvider();
        var routes = services.GetRequiredService<ApiRoutes>().All.Where(route => route.Template.StartsWith("/api/", StringComparison.Ordinal));

        var functions = AppTriggers.With<HttpTriggerAttribute>().Where(trigger => trigger.Function.Name != nameof(Triggers.Website));

        Assert.Equal(
            routes.Select(route => (
                route.Name, string.Join(' ', route.Methods).ToLowerInvariant(), route.Template[1..],
                route.Role == ApiRole.Anyone ? AuthorizationLevel.Anonymous : AuthorizationLevel.Function)),
            functions.Select(trigger => (trigger.Function.Name, string.Join(' ', trigger.Trigger.Methods!), trigger.Trigger.Route!, trigger.Trigger.AuthLevel)));
    }

    [Fact]
    public void The_pages_and_all_else_have_one_function_that_no_key_opens()
    {
        var rest = AppTriggers.With<HttpTriggerAttribute>().Single(trigger => trigger.Function.Name == nameof(Triggers.Website)).Trigger;

        Assert.Equal(("{*path}", AuthorizationLevel.Anonymous), (rest.Route, rest.AuthLevel));
        Assert.Equal("", Repository.Json("host.json").GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.Contains("AzureWebJobsDisableHomepage: 'true'", Repository.Text("infra/modules/functionApp.bicep"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_with_messages_says_which_part_is_the_answer()
    {
        var answer = typeof(Reply).GetProperties().Single(property => property.GetCustomAttribute<HttpResultAttribute>() is not null);

        Assert.Equal(typeof(IResult), answer.PropertyType);
    }

    [Fact]
    public void A_function_is_called_as_its_method() =>
        Assert.All(AppTriggers.All, function => Assert.Equal(function.Name, function.GetCustomAttribute<FunctionAttribute>()!.Name));

    [Fact]
    public void Every_function_can_be_cancelled() =>
        Assert.All(AppTriggers.All, function => Assert.Equal(typeof(CancellationToken), function.GetParameters()[^1].ParameterType));
}
