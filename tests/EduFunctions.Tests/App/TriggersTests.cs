using System.Reflection;
using System.Text.RegularExpressions;
using EduFunctions.App;
using EduFunctions.Pipeline.Stages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace EduFunctions.Tests.App;

public sealed partial class TriggersTests
{
    [Fact]
    public void Every_queue_has_a_trigger_and_a_poison_trigger_and_there_are_no_others()
    {
        var triggered = AppTriggers.With<QueueTriggerAttribute>().Select(trigger => trigger.Trigger.QueueName);

        var expected = Queues.All.Concat(Queues.All.Select(queue => queue + Queues.PoisonSuffix));
        Assert.Equal(expected.Order(StringComparer.Ordinal), triggered.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Queues.Extract, typeof(ExtractMessage))]
    [InlineData(Queues.Transform, typeof(TransformMessage))]
    [InlineData(Queues.Export, typeof(ExportMessage))]
    public void A_queue_hands_its_message_to_its_stage_and_its_poison_as_text(string queue, Type message)
    {
        Assert.Equal(message, AppTriggers.OfQueue(queue).Parameter.ParameterType);
        Assert.Equal(typeof(string), AppTriggers.OfQueue(queue + Queues.PoisonSuffix).Parameter.ParameterType);
    }

    [Fact]
    public void What_is_put_on_a_queue_is_what_its_trigger_takes()
    {
        Assert.NotEmpty(AppTriggers.Outputs);
        Assert.All(AppTriggers.Outputs, output =>
        {
            var message = Assert.Single(output.Property.PropertyType.GenericTypeArguments);

            Assert.Equal(AppTriggers.OfQueue(output.Output.QueueName).Parameter.ParameterType, message);
        });
    }

    [Fact]
    public void Whatever_plans_or_runs_a_stage_can_put_messages_on_every_queue()
    {
        var returning = AppTriggers.All.Where(function => function.ReturnType == typeof(Task<Outbox>) || function.ReturnType == typeof(Task<Reply>));

        Assert.Equal(["Approve", "Export", "Extract", "Nightly", "Sync", "Transform"], returning.Select(function => function.Name).Order(StringComparer.Ordinal));
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

    [Fact]
    public void The_night_and_the_watch_begin_when_their_settings_say() => Assert.Equal(
        [("Nightly", "%NightlySchedule%"), ("Watch", "%WatchSchedule%")],
        AppTriggers.With<TimerTriggerAttribute>().Select(timer => (timer.Function.Name, timer.Trigger.Schedule)).Order());

    [Fact]
    public void The_routes_are_those_of_the_API()
    {
        var routes = AppTriggers.With<HttpTriggerAttribute>().Select(trigger => $"{string.Join(',', trigger.Trigger.Methods)} {trigger.Trigger.Route}");

        Assert.Equal(
            [
                "get tenants",
                "get tenants/{tenant}/people/{personId}",
                "get tenants/{tenant}/runs",
                "get tenants/{tenant}/runs/{run}",
                "get tenants/{tenant}/runs/{run}/plans/{feed}",
                "post tenants/{tenant}/logins",
                "post tenants/{tenant}/runs/{run}/approve",
                "post tenants/{tenant}/sync",
            ],
            routes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_route_asks_for_a_function_key() =>
        Assert.All(AppTriggers.With<HttpTriggerAttribute>(), trigger => Assert.Equal(AuthorizationLevel.Function, trigger.Trigger.AuthLevel));

    [Fact]
    public void What_a_route_names_the_function_takes() =>
        Assert.All(AppTriggers.With<HttpTriggerAttribute>(), trigger => Assert.Equal(
            RouteParameter().Matches(trigger.Trigger.Route!).Select(match => match.Groups[1].Value),
            trigger.Function.GetParameters().Where(parameter => parameter.ParameterType == typeof(string)).Select(parameter => parameter.Name)));

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

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex RouteParameter();
}
