create extension if not exists pgmq;

select pgmq.create('emails');
select pgmq.create('push');
select pgmq.create('thumbnails');
